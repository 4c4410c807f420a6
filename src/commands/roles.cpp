// SPDX-License-Identifier: Apache-2.0
#include "commands/roles.h"

#include <array>
#include <initializer_list>

namespace lotbook {

namespace {

constexpr std::uint32_t all_of(std::initializer_list<Right> rights) {
  std::uint32_t bits = 0;
  for (const Right right : rights) bits |= 1U << static_cast<unsigned>(right);
  return bits;
}

constexpr std::uint32_t to_look = all_of({Right::view});
constexpr std::uint32_t to_work = to_look | all_of({Right::operate, Right::confirm_here, Right::sign});
constexpr std::uint32_t to_lead =
    to_work | all_of({Right::master_data, Right::backdate, Right::correct_genealogy, Right::override_fefo,
                      Right::override_life, Right::override_best_before});
constexpr std::uint32_t to_judge =
    to_work | all_of({Right::quality, Right::recall, Right::backdate, Right::correct_genealogy, Right::override_life,
                      Right::override_best_before});
constexpr std::uint32_t everything = (1U << Choices<Right>::names.size()) - 1;

constexpr std::array roles{
    RoleRow{UserRole::viewer, "Asks, and changes nothing.", to_look},
    RoleRow{UserRole::operator_, "Does the daily work: receives, moves, makes, counts, picks, dispatches.", to_work},
    RoleRow{UserRole::supervisor, "Also keeps master data, corrects the past, and lets goods go against an order.",
            to_lead},
    RoleRow{UserRole::quality, "Also decides on lots: holds, releases, rejects, recalls.", to_judge},
    RoleRow{UserRole::admin, "Everything, and alone: users, tokens, the book's settings, erasing.", everything},
};
static_assert(roles.size() == Choices<UserRole>::names.size());

}  // namespace

std::span<const RoleRow> role_table() { return roles; }

std::uint32_t rights_of(UserRole role) { return roles[static_cast<std::size_t>(role)].rights; }

}  // namespace lotbook
