// SPDX-License-Identifier: Apache-2.0
#include "cli/ask_server.h"

#include <catch2/catch.hpp>

#include "base/json.h"
#include "commands/table.h"
#include "model/read_refusals.h"
#include "queries/table.h"

namespace lotbook {
namespace {

std::string parsed(std::string_view url) {
  const std::optional<ServerAddress> address = ServerAddress::parse(url);
  if (!address) return "none";
  return std::string(address->is_secure ? "tls " : "plain ") + address->authority() + " " + address->host + " " +
         address->path;
}

TEST_CASE("The address of a server is read, and nothing that means more than an address") {
  CHECK(parsed("http://localhost:8080") == "plain localhost:8080 localhost ");
  CHECK(parsed("https://book.example/") == "tls book.example:443 book.example ");
  CHECK(parsed("http://10.0.0.7") == "plain 10.0.0.7:80 10.0.0.7 ");
  CHECK(parsed("http://[::1]:81/lots/") == "plain [::1]:81 ::1 /lots");
  CHECK(parsed("https://[fe80::1]") == "tls [fe80::1]:443 fe80::1 ");
  for (const char* wrong : {"", "localhost:8080", "ftp://host", "http://", "http://:80",
                            "http://host:", "http://host:x", "http://host:123456", "http://[::1", "http://[::1]x:80",
                            "http://me:secret@host", "http://host/?a=b", "http://ho st", "http://host\r\nX: y"}) {
    INFO(wrong);
    CHECK(parsed(wrong) == "none");
  }
}

/// What the far side would find wrong with a struct that has nothing in it, beside what must always be given.
Refusals wrong_when_sent(const Shape& shape, std::shared_ptr<void> empty, std::shared_ptr<void> into) {
  std::string json;
  write_json(json, shape, empty.get());
  Refusals refusals = read_refusals(json, shape, into.get());
  std::erase_if(refusals, [&](const Refusal& refusal) {
    const FieldShape* field = shape.find(std::string_view(refusal.field).substr(1));
    return refusal.code == Code::missing || (field && field->required);
  });
  return refusals;
}

TEST_CASE("What is left out of a command or question may be sent as it is") {
  for (const CommandRow& row : command_table())
    for (const Refusal& refusal : wrong_when_sent(row.shape(), row.make(), row.make()))
      FAIL_CHECK(row.name << " " << refusal.field << ": " << refusal.detail);
  for (const QuestionRow& row : question_table())
    for (const Refusal& refusal : wrong_when_sent(row.shape(), row.make(), row.make()))
      FAIL_CHECK(row.name << " " << refusal.field << ": " << refusal.detail);
}

}  // namespace
}  // namespace lotbook
