// SPDX-License-Identifier: Apache-2.0
#include "commands/bundle/zip.h"

#include <algorithm>
#include <zip.h>

namespace lotbook {

namespace {

// A plant of ten million lots has some four gigabytes of events; CSV shrinks to a tenth or so, never to a hundredth.
constexpr std::uint64_t most_bytes = std::uint64_t{16} << 30, most_ratio = 200, free_bytes = 1 << 20;
constexpr zip_int64_t most_files = 10'000;

std::string text_of_error(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

/// Folder and name of a path in an archive; some programs write '\'.
std::pair<std::string, std::string> cut(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {"", std::move(path)};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

/// The top, or one folder in it.
bool may_hold_a_bundle(const std::string& folder) {
  return folder.find('/') == std::string::npos && folder != "." && folder != ".." && folder != "__MACOSX";
}

}  // namespace

ZippedBundle::ZippedBundle(const std::string& archive, std::span<const char* const> wanted,
                           std::vector<BundleFault>& faults)
    : archive_(cut(archive).second), bytes_left_(most_bytes) {
  int error = 0;
  zip_ = zip_open(archive.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (zip_)
    find(wanted, faults);
  else
    faults.push_back(
        {archive_, 0, "", "this is neither a folder nor a .zip that can be read (" + text_of_error(error) + ")"});
}

ZippedBundle::~ZippedBundle() {
  if (zip_) zip_discard(zip_);
}

void ZippedBundle::find(std::span<const char* const> wanted, std::vector<BundleFault>& faults) {
  const zip_int64_t count = zip_get_num_entries(zip_, 0);
  if (count > most_files) return faults.push_back({archive_, 0, "", "there are too many files in it"});
  std::optional<std::string> folder;
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* path = zip_get_name(zip_, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_GUESS);
    if (!path) continue;
    auto [in_folder, name] = cut(path);
    const bool is_wanted = std::any_of(wanted.begin(), wanted.end(), [&](const char* one) { return name == one; });
    if (!is_wanted || !may_hold_a_bundle(in_folder)) continue;
    if (folder && *folder != in_folder)
      return faults.push_back({archive_, 0, "",
                               "the files lie in several folders (" + name + " in \"" + in_folder + "\", others in \"" +
                                   *folder + "\"): put all of them into one"});
    folder = in_folder;
    if (!places_.emplace(name, i).second) faults.push_back({name, 0, "", "the .zip has this file twice"});
  }
}

std::optional<std::string> ZippedBundle::read(const std::string& name, std::vector<BundleFault>& faults) {
  const auto found = places_.find(name);
  if (found == places_.end()) return std::nullopt;
  const auto fault = [&](const std::string& reason) -> std::optional<std::string> {
    faults.push_back({name, 0, "", reason});
    return std::nullopt;
  };
  zip_stat_t is;
  constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
  if (zip_stat_index(zip_, found->second, 0, &is) != 0 || (is.valid & needed) != needed)
    return fault("the .zip does not say how large this file is");
  if (is.encryption_method != ZIP_EM_NONE) return fault("this file is encrypted: pack it without a password");
  if (is.size > bytes_left_) return fault("this is too large: unpack the .zip and import the folder");
  if (is.size > free_bytes && is.size / most_ratio > is.comp_size)
    return fault("this grows more than " + std::to_string(most_ratio) +
                 "-fold when it is unpacked: if that is right, unpack the .zip and import the folder");
  zip_file_t* file = zip_fopen_index(zip_, found->second, 0);
  if (!file) return fault(std::string("this file cannot be unpacked (") + zip_strerror(zip_) + ")");
  std::string text(is.size, '\0');
  std::uint64_t size = 0;
  zip_int64_t got = 0;
  while (size < is.size && (got = zip_fread(file, text.data() + size, is.size - size)) > 0)
    size += static_cast<std::uint64_t>(got);
  // What is behind the end must be nothing, and only there is the checksum compared.
  char more = 0;
  if (got >= 0 && size == is.size) got = zip_fread(file, &more, 1);
  zip_fclose(file);
  if (got != 0 || size != is.size) return fault("this file is damaged in the .zip");
  bytes_left_ -= size;
  return text;
}

}  // namespace lotbook
