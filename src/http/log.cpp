// SPDX-License-Identifier: Apache-2.0
#include "http/log.h"

#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/json.h"
#include "http/serve.h"

namespace lotbook {

namespace {

/// `%*` of the pattern: members that the message brings itself, or the message as a text.
class Members : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&, spdlog::memory_buf_t& out) override {
    const std::string_view said(message.payload.data(), message.payload.size());
    std::string members;
    if (said.starts_with("{\"event\":") && said.ends_with('}'))
      members = said.substr(1, said.size() - 2);
    else
      members = "\"event\":\"said\",\"message\":", append_json_string(members, said);
    out.append(members.data(), members.data() + members.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<Members>(); }
};

}  // namespace

Log::Log(LogFormat format) : format_(format) {
  spdlog::init_thread_pool(32'768, 1);
  auto logger =
      std::make_shared<spdlog::async_logger>("lotbook", std::make_shared<spdlog::sinks::stderr_sink_mt>(),
                                             spdlog::thread_pool(), spdlog::async_overflow_policy::overrun_oldest);
  if (format == LogFormat::json) {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<Members>('*').set_pattern("{\"at\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%*}");
    logger->set_formatter(std::move(formatter));
  } else {
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  }
  logger->flush_on(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
  spdlog::flush_every(std::chrono::seconds(1));
}

void Log::request_done(const Request& request, int status, std::int64_t microseconds) const {
  if (format_ == LogFormat::text) {
    spdlog::info("request id={} peer={} method={} path={} status={} us={}", request.id, request.peer, request.method,
                 request.path, status, microseconds);
    return;
  }
  std::string line = "{\"event\":\"request\"";
  for (const auto& [name, text] : {std::pair<const char*, std::string_view>{"request_id", request.id},
                                   {"peer", request.peer},
                                   {"method", request.method},
                                   {"path", request.path}})
    line += ",\"" + std::string(name) + "\":", append_json_string(line, text);
  line += ",\"status\":" + std::to_string(status) + ",\"microseconds\":" + std::to_string(microseconds) + "}";
  spdlog::info("{}", line);
}

}  // namespace lotbook
