// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "model/entry.h"

using namespace lotbook;

namespace {

std::string page() {
  std::ifstream in(LOTBOOK_SOURCE "/docs/ledger-format.md");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

template <std::size_t I = 0>
void each_fact_is_in(const std::string& text) {
  if constexpr (I < std::variant_size_v<Fact>) {
    std::string row = "| " + std::to_string(I) + " | `" + std::string(fact_names[I]) + "` | ";
    const Shape& shape = shape_of<std::variant_alternative_t<I, Fact>>();
    for (std::size_t f = 0; f < shape.fields.size(); ++f)
      row += (f > 0 ? ", " : "") + std::string(shape.fields[f].name);
    INFO(row);
    CHECK(text.find(row + " |\n") != std::string::npos);
    each_fact_is_in<I + 1>(text);
  }
}

}  // namespace

TEST_CASE("the page on the ledger's bytes names every kind and every fact by its number") {
  const std::string text = page();
  REQUIRE(!text.empty());
  for (std::size_t i = 0; i < Choices<EntryKind>::names.size(); ++i) {
    const std::string kind = std::to_string(i) + " `" + std::string(Choices<EntryKind>::names[i]) + "`";
    INFO(kind);
    CHECK(text.find(kind) != std::string::npos);
  }
  each_fact_is_in(text);
}
