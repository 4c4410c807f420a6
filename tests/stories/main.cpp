// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "player.h"
#include "store/scratch_book.h"

// story_tests [--must-fail] FILE…: plays each story on a new book. README.md beside this file tells how to write one.

namespace {

using namespace lotbook::stories;

/// A folder that is gone when the story is over.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "lotbook-story-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no scratch folder can be made");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// What is wrong with a file; empty when its story holds.
std::string fault_of(const std::string& file) {
  try {
    const Story story = read_story(file);
    const Scratch scratch;
    const lotbook::ScratchBook book(scratch.path() + "/story.book");
    const std::unique_ptr<lotbook::Store> store = book.open();
    Player(*store).play(story);
  } catch (const StoryFault& fault) {
    return fault.what();
  }
  return {};
}

/// What a story that must fail says on its line "# fails with: …".
std::string expected_fault(const std::string& file) {
  const std::string mark = "# fails with: ";
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(mark)) return line.substr(mark.size());
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> files(argv + 1, argv + argc);
  const bool must_fail = !files.empty() && files.front() == "--must-fail";
  if (must_fail) files.erase(files.begin());
  if (files.empty()) {
    std::cerr << "usage: story_tests [--must-fail] FILE...\n";
    return 2;
  }
  int failed = 0;
  for (const std::string& file : files) {
    const std::string fault = fault_of(file);
    const std::string wanted = must_fail ? expected_fault(file) : "";
    if (must_fail ? !wanted.empty() && fault.find(wanted) != std::string::npos : fault.empty()) continue;
    ++failed;
    if (must_fail) std::cout << file << ": should fail with \"" << wanted << "\", but:\n";
    std::cout << (fault.empty() ? "does not fail" : fault) << "\n";
  }
  return failed == 0 ? 0 : 1;
}
