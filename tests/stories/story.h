// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A story as text: steps that stand at the left edge, and what belongs to each indented below it. README.md beside this
// file describes the form. Reading knows no command and no question.

namespace lotbook::stories {

/// Where something stands in a file.
struct Spot {
  std::string file;
  std::size_t line = 0;
  std::string text() const { return file + ":" + std::to_string(line); }
};

/// The story itself is not right, or the book did not do what it promises. `what()` begins with file and line.
struct StoryFault : std::runtime_error {
  StoryFault(const Spot& spot, const std::string& what) : std::runtime_error(spot.text() + ": " + what) {}
};

struct Given {
  std::string name, value;
};
struct Row {
  Spot spot;
  std::vector<std::string> cells;
};
enum class Extent { complete, at_least, in_order };
/// A table below a step; without a name it is the step's one list.
struct Table {
  Spot spot;
  std::string name;
  Extent extent = Extent::complete;
  std::vector<std::string> columns;
  std::vector<Row> rows;
};
/// A line that begins with "->".
struct Promise {
  Spot spot;
  std::vector<std::string> words;
};
struct Step {
  Spot spot;
  std::string verb;
  std::vector<std::string> words;  ///< plain words after the verb
  std::vector<Given> given;        ///< name=value after the verb and on indented lines
  std::vector<Given> said;         ///< "name: value" lines
  std::vector<Table> tables;
  std::vector<Promise> promises;
};
struct Story {
  std::string file, title, proves;
  std::vector<Step> steps;
};

/// Throws StoryFault.
Story read_story(const std::string& file);

/// Words of a line; blanks inside quotation marks or brackets do not part them.
std::vector<std::string> words_of(std::string_view line, const Spot& spot);

}  // namespace lotbook::stories
