// SPDX-License-Identifier: Apache-2.0
#include "model/standing.h"

#include <algorithm>

namespace lotbook {

std::map<std::uint64_t, std::uint64_t> taken_back(std::span<const Entry* const> entries, std::uint64_t upto) {
  std::vector<const Entry*> in_order(entries.begin(), entries.end());
  std::erase_if(in_order, [&](const Entry* e) { return e->seq > upto; });
  std::sort(in_order.begin(), in_order.end(), [](const Entry* a, const Entry* b) { return a->seq < b->seq; });
  std::map<std::uint64_t, std::uint64_t> by;
  for (const Entry* entry : in_order) {
    for (const std::uint64_t seq : entry->reverses) by[seq] = entry->seq;
    for (const std::uint64_t seq : entry->reinstates) by.erase(seq);
  }
  return by;
}

bool leaves_facts(const Entry& by, std::uint64_t seq, const std::function<const Entry*(std::uint64_t)>& find) {
  const auto is_undo = [](const Entry& e) { return e.kind == EntryKind::undo || e.kind == EntryKind::void_dispatch; };
  if (!is_undo(by)) return true;
  for (const std::uint64_t back : std::vector<std::uint64_t>(by.reinstates))
    if (const Entry* correction = find(back); correction && !is_undo(*correction))
      if (std::find(correction->reverses.begin(), correction->reverses.end(), seq) != correction->reverses.end())
        return true;
  return false;
}

std::vector<const Entry*> standing(std::vector<const Entry*> entries, std::uint64_t upto) {
  std::erase_if(entries, [&](const Entry* e) { return e->seq > upto; });
  std::sort(entries.begin(), entries.end(), [](const Entry* a, const Entry* b) { return a->seq < b->seq; });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  const std::map<std::uint64_t, std::uint64_t> by = taken_back(entries, upto);
  std::erase_if(entries, [&](const Entry* e) { return by.contains(e->seq); });
  return entries;
}

}  // namespace lotbook
