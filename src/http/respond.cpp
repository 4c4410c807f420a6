// SPDX-License-Identifier: Apache-2.0
#include "http/respond.h"

#include <utility>

#include "base/check.h"
#include "http/mailbox.h"
#include "http/problem.h"

namespace lotbook {

Respond::Respond(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection, std::unique_ptr<Request> request)
    : mailbox_(std::move(mailbox)), connection_(connection), request_(std::move(request)) {}

Respond::~Respond() {
  if (!request_) return;
  const std::string detail = "Something failed that should not. The log tells more under " + request_->id + ".";
  (*this)(problem_response(problem_of(Code::internal, detail)));
}

void Respond::operator()(Response response) {
  check(request_ != nullptr, "a request is answered once");
  mailbox_->put({connection_, Answer{std::move(request_), std::move(response)}});
}

Supply::Supply(std::shared_ptr<Mailbox> mailbox, std::uint64_t connection)
    : mailbox_(std::move(mailbox)), connection_(connection) {}

Supply::~Supply() {
  if (mailbox_) fail();
}

void Supply::more(std::string piece) {
  check(mailbox_ != nullptr, "a piece is supplied once");
  std::exchange(mailbox_, nullptr)->put({connection_, Piece{Piece::Kind::more, std::move(piece)}});
}

void Supply::end(std::string piece) {
  check(mailbox_ != nullptr, "a piece is supplied once");
  std::exchange(mailbox_, nullptr)->put({connection_, Piece{Piece::Kind::end, std::move(piece)}});
}

void Supply::fail() {
  check(mailbox_ != nullptr, "a piece is supplied once");
  std::exchange(mailbox_, nullptr)->put({connection_, Piece{Piece::Kind::fail, {}}});
}

}  // namespace lotbook
