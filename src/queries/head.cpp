// SPDX-License-Identifier: Apache-2.0
#include "queries/head.h"

namespace lotbook {

Result<HeadAnswer> ask(const HeadQuestion&, const Snapshot& snapshot) {
  const Head& head = snapshot.view.head();
  const Entry* entry = snapshot.view.entry(head.seq);
  return HeadAnswer{head.seq, hex(head.hash), entry ? entry->recorded_at.text() : ""};
}

}  // namespace lotbook
