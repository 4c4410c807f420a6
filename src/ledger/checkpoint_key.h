// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "model/checkpoint.h"

// The key pair that signs checkpoints (Ed25519). The private half lies in the state of the book (see HeadFile),
// readable by its owner alone, and never in the book: who can write the book cannot sign for it.

namespace lotbook {

class CheckpointKey {
 public:
  /// The key there whose public half is this one; nullopt when it is not there.
  static std::optional<CheckpointKey> load(const std::string& state, const Hash& public_key);
  /// Whatever key is there.
  static std::optional<CheckpointKey> load(const std::string& state);
  /// A new key, durably beside the one in use until `put_in_use`. Throws StoreFailure.
  static CheckpointKey make(const std::string& state);
  void put_in_use() const;

  const Hash& public_key() const { return public_key_; }
  void sign(Checkpoint& checkpoint) const;

 private:
  explicit CheckpointKey(std::string state) : state_(std::move(state)) {}
  static std::optional<CheckpointKey> read(const std::string& state, const char* name);
  std::string state_;
  Hash seed_{}, public_key_{};
};

bool has_true_signature(const Checkpoint& checkpoint);

}  // namespace lotbook
