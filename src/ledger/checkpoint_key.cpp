// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint_key.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "store/store.h"

namespace lotbook {

namespace {

using Kind = StoreFailure::Kind;
constexpr const char *in_use = "checkpoint.key", *to_come = "checkpoint.key.new";

void start_sodium() {
  static const int started = sodium_init();
  check(started >= 0, "libsodium starts");
}

struct Pair {
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  Hash public_key{};
  explicit Pair(const Hash& seed) {
    start_sodium();
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
  }
  ~Pair() { sodium_memzero(secret.data(), secret.size()); }
};

/// Durable before it returns: a key that signed something must not be lost with the power.
void write_secret(const std::string& file, const std::string& text) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = handle >= 0 && ::fchmod(handle, 0600) == 0 &&
                       ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(handle) == 0;
  const std::string why = std::strerror(errno);
  if (handle >= 0) ::close(handle);
  if (!written) throw StoreFailure(Kind::unavailable, "cannot write the key " + file + ": " + why);
}

}  // namespace

std::optional<CheckpointKey> CheckpointKey::read(const std::string& state, const char* name) {
  std::ifstream in(state + name);
  std::string line;
  if (!in || !std::getline(in, line)) return std::nullopt;
  const std::optional<Bytes> seed = from_hex(line);
  if (!seed || seed->size() != 32)
    throw StoreFailure(Kind::damaged, state + name + " holds no key. Restore it, or change the key of the book");
  CheckpointKey key(state);
  std::copy(seed->begin(), seed->end(), key.seed_.begin());
  key.public_key_ = Pair(key.seed_).public_key;
  return key;
}

std::optional<CheckpointKey> CheckpointKey::load(const std::string& state, const Hash& public_key) {
  for (const char* name : {in_use, to_come})
    if (std::optional<CheckpointKey> key = read(state, name); key && key->public_key_ == public_key) {
      if (name == to_come) key->put_in_use();  // the process ended between saying so and doing it
      return key;
    }
  return std::nullopt;
}

std::optional<CheckpointKey> CheckpointKey::load(const std::string& state) { return read(state, in_use); }

CheckpointKey CheckpointKey::make(const std::string& state) {
  std::error_code error;
  const std::string in = std::filesystem::path(state + to_come).parent_path().string();
  if (!in.empty()) std::filesystem::create_directories(in, error);
  const Bytes random = random_bytes(32);
  CheckpointKey key(state);
  std::copy(random.begin(), random.end(), key.seed_.begin());
  key.public_key_ = Pair(key.seed_).public_key;
  write_secret(state + to_come, hex(key.seed_) + "\n");
  return key;
}

void CheckpointKey::put_in_use() const {
  std::error_code error;
  std::filesystem::rename(state_ + to_come, state_ + in_use, error);
  if (error)
    throw StoreFailure(Kind::unavailable, "cannot put the key " + state_ + to_come + " in use: " + error.message());
}

void CheckpointKey::sign(Checkpoint& checkpoint) const {
  const Pair pair(seed_);
  checkpoint.key = public_key_;
  const std::string text = text_of(checkpoint);
  crypto_sign_detached(checkpoint.signature.data(), nullptr, bytes_of(text).data(), text.size(), pair.secret.data());
}

bool has_true_signature(const Checkpoint& checkpoint) {
  start_sodium();
  const std::string text = text_of(checkpoint);
  return crypto_sign_verify_detached(checkpoint.signature.data(), bytes_of(text).data(), text.size(),
                                     checkpoint.key.data()) == 0;
}

}  // namespace lotbook
