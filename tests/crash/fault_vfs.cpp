// SPDX-License-Identifier: Apache-2.0
#include "fault_vfs.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <sqlite3.h>

namespace lotbook {

namespace {

constexpr std::uint64_t sector = 512;

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find("unix"); }

}  // namespace

/// SQLite allocates it and calls through `base`; the system's own file lies behind it in the same memory.
struct FaultFile {
  sqlite3_file base;
  FaultVfs* owner;
  std::string* path;
  bool syncs_folder;  ///< with its first sync, as the system's VFS does for a log or journal that may be new
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  static FaultFile& of(sqlite3_file* file) { return *reinterpret_cast<FaultFile*>(file); }
};

/// The functions that SQLite calls.
struct FaultCalls {
  static FaultVfs& owner(sqlite3_vfs* vfs) { return *static_cast<FaultVfs*>(vfs->pAppData); }

  static int close(sqlite3_file* file) {
    FaultFile& f = FaultFile::of(file);
    const int code = f.real()->pMethods->xClose(f.real());
    delete f.path;
    return code;
  }
  static int read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    FaultFile& f = FaultFile::of(file);
    if (const int code = f.owner->step(DiskOp::read, *f.path)) return code;
    return f.real()->pMethods->xRead(f.real(), into, size, offset);
  }
  static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    FaultFile& f = FaultFile::of(file);
    if (const int code = f.owner->step(DiskOp::write, *f.path)) return code;
    const int code = f.real()->pMethods->xWrite(f.real(), from, size, offset);
    const auto* bytes = static_cast<const std::uint8_t*>(from);
    if (code == SQLITE_OK) f.owner->note(*f.path, {false, static_cast<std::uint64_t>(offset), {bytes, bytes + size}});
    return code;
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultFile& f = FaultFile::of(file);
    if (const int code = f.owner->step(DiskOp::truncate, *f.path)) return code;
    const int code = f.real()->pMethods->xTruncate(f.real(), size);
    if (code == SQLITE_OK) f.owner->note(*f.path, {true, static_cast<std::uint64_t>(size), {}});
    return code;
  }
  static int sync(sqlite3_file* file, int flags) {
    FaultFile& f = FaultFile::of(file);
    if (const int code = f.owner->step(DiskOp::sync, *f.path)) return code;
    const int code = f.owner->syncs_for_real ? f.real()->pMethods->xSync(f.real(), flags) : SQLITE_OK;
    if (code == SQLITE_OK) {
      f.owner->note_sync(*f.path);
      if (f.syncs_folder) f.owner->note_folder_sync();
      f.syncs_folder = false;
    }
    return code;
  }
  static int size(sqlite3_file* file, sqlite3_int64* size) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xFileSize(real, size);
  }
  static int lock(sqlite3_file* file, int level) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xLock(real, level);
  }
  static int unlock(sqlite3_file* file, int level) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xUnlock(real, level);
  }
  static int reserved(sqlite3_file* file, int* out) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xCheckReservedLock(real, out);
  }
  static int control(sqlite3_file* file, int op, void* argument) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xFileControl(real, op, argument);
  }
  static int sector_size(sqlite3_file*) { return static_cast<int>(sector); }
  // Nothing is promised of the disk: writes may be torn and done in any order.
  static int characteristics(sqlite3_file*) { return 0; }
  static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xShmMap(real, page, size, extend, out);
  }
  static int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xShmLock(real, offset, n, flags);
  }
  static void shm_barrier(sqlite3_file* file) {
    sqlite3_file* real = FaultFile::of(file).real();
    real->pMethods->xShmBarrier(real);
  }
  static int shm_unmap(sqlite3_file* file, int remove) {
    sqlite3_file* real = FaultFile::of(file).real();
    return real->pMethods->xShmUnmap(real, remove);
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
    FaultVfs& owner = FaultCalls::owner(vfs);
    auto* f = new (file) FaultFile{{nullptr}, &owner, nullptr, false};
    const std::string path = name ? name : "";
    if (const int code = owner.step(DiskOp::open, path)) return code;
    int exists = 0;
    if (name) system_vfs()->xAccess(system_vfs(), name, SQLITE_ACCESS_EXISTS, &exists);
    const int code = system_vfs()->xOpen(system_vfs(), name, f->real(), flags, out);
    if (code != SQLITE_OK) return code;
    if (name) owner.note_open(path, exists == 0);
    f->path = new std::string(path);
    f->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
    f->base.pMethods = &methods;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int sync) {
    FaultVfs& owner = FaultCalls::owner(vfs);
    if (const int code = owner.step(DiskOp::remove, name)) return code;
    const int code = system_vfs()->xDelete(system_vfs(), name, owner.syncs_for_real ? sync : 0);
    if (code == SQLITE_OK) owner.note_remove(name, sync != 0);
    return code;
  }
  static int access(sqlite3_vfs*, const char* name, int flags, int* out) {
    return system_vfs()->xAccess(system_vfs(), name, flags, out);
  }
  static int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    return system_vfs()->xFullPathname(system_vfs(), name, size, out);
  }

  static const sqlite3_io_methods methods;
};

// Version 2: shared memory for the write-ahead log, no memory-mapped reading, so that every byte passes through here.
const sqlite3_io_methods FaultCalls::methods = {
    2,           close,           read,    write,    truncate,    sync,      size,    lock,   unlock, reserved, control,
    sector_size, characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

FaultVfs::FaultVfs(const char* name) {
  vfs_ = new sqlite3_vfs(*system_vfs());
  vfs_->szOsFile = static_cast<int>(sizeof(FaultFile)) + system_vfs()->szOsFile;
  vfs_->pNext = nullptr;
  vfs_->zName = name;
  vfs_->pAppData = this;
  vfs_->xOpen = FaultCalls::open, vfs_->xDelete = FaultCalls::remove, vfs_->xAccess = FaultCalls::access;
  vfs_->xFullPathname = FaultCalls::full_path;
  sqlite3_vfs_register(vfs_, 0);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(vfs_);
  delete vfs_;
}

int FaultVfs::step(DiskOp op, const std::string& file) {
  DiskStep step{0, op, file};
  {
    const std::lock_guard lock(mutex_);
    step.number = ++steps_;
  }
  return before ? before(step) : SQLITE_OK;
}

void FaultVfs::note(const std::string& file, Pending pending) {
  if (!remembers || file.empty()) return;
  const std::lock_guard lock(mutex_);
  if (std::optional<Content>& content = names_[file].now) content->pending.push_back(std::move(pending));
}

void FaultVfs::note_sync(const std::string& file) {
  if (!remembers || file.empty()) return;
  const std::lock_guard lock(mutex_);
  Name& name = names_[file];
  if (!name.now) return;
  for (const Pending& p : name.now->pending) apply(name.now->synced, p, 0, p.bytes.size());
  name.now->pending.clear();
  name.now->is_durable = true;
  name.removed.reset();
}

void FaultVfs::note_folder_sync() {
  if (!remembers) return;
  const std::lock_guard lock(mutex_);
  for (auto& [path, name] : names_) {
    name.removed.reset();
    if (name.now) name.now->is_durable = true;
  }
}

void FaultVfs::note_open(const std::string& file, bool is_new) {
  if (!remembers) return;
  const std::lock_guard lock(mutex_);
  Name& name = names_[file];
  if (is_new || !name.now) name.now = Content{};
}

void FaultVfs::note_remove(const std::string& file, bool synced) {
  if (!remembers) return;
  const std::lock_guard lock(mutex_);
  Name& name = names_[file];
  if (synced)
    name.removed.reset();
  else if (name.now && name.now->is_durable)
    name.removed = std::move(name.now);
  name.now.reset();
}

void FaultVfs::apply(std::vector<std::uint8_t>& bytes, const Pending& pending, std::uint64_t from, std::uint64_t to) {
  if (pending.is_truncate) {
    bytes.resize(pending.offset);
    return;
  }
  if (bytes.size() < pending.offset + to) bytes.resize(pending.offset + to);
  std::copy(pending.bytes.begin() + static_cast<std::ptrdiff_t>(from),
            pending.bytes.begin() + static_cast<std::ptrdiff_t>(to),
            bytes.begin() + static_cast<std::ptrdiff_t>(pending.offset + from));
}

DiskImage FaultVfs::cut_power(std::mt19937_64& random) const {
  const std::lock_guard lock(mutex_);
  // How much of what was not synced got through: nothing, all, all up to some write, or each sector by chance.
  const std::uint64_t mood = random() % 4;
  const std::uint64_t odds = 1 + random() % 9;
  DiskImage image;
  for (const auto& [path, name] : names_) {
    const Content* content = name.now ? &*name.now : nullptr;
    if (name.removed && (!content || !content->is_durable) && random() % 2 == 0) content = &*name.removed;
    if (!content || (!content->is_durable && random() % 2 == 0)) continue;
    std::vector<std::uint8_t> bytes = content->synced;
    const std::size_t through = content->pending.empty() ? 0 : random() % (content->pending.size() + 1);
    for (std::size_t i = 0; i < content->pending.size(); ++i) {
      const Pending& p = content->pending[i];
      const auto gets_through = [&] {
        return mood == 1 || (mood == 2 && i < through) || (mood == 3 && random() % 10 < odds);
      };
      if (p.is_truncate && gets_through()) apply(bytes, p, 0, 0);
      for (std::uint64_t from = 0; from < p.bytes.size();) {
        const std::uint64_t to = std::min<std::uint64_t>(p.bytes.size(), from + sector - (p.offset + from) % sector);
        if (gets_through()) apply(bytes, p, from, to);
        from = to;
      }
    }
    image[path] = std::move(bytes);
  }
  return image;
}

}  // namespace lotbook
