// SPDX-License-Identifier: Apache-2.0
#include "commands/table.h"

#include <array>

#include "commands/correct.h"
#include "commands/dispatch.h"
#include "commands/move.h"
#include "commands/receive.h"
#include "commands/records.h"

namespace lotbook {

namespace {

template <class C>
constexpr CommandRow row(std::string_view name, std::string_view sentence, Right right) {
  return {name,
          sentence,
          right,
          []() -> const Shape& { return shape_of<C>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<C>(); },
          [](const void* command, const Moment& moment, const View& view) {
            return decide(*static_cast<const C*>(command), moment, view);
          }};
}

const std::array commands{
    row<Item>("set_item", "Sets an item up, or changes it.", Right::master_data),
    row<Partner>("set_partner", "Sets a partner up, or changes it.", Right::master_data),
    row<Address>("set_address", "Sets a delivery address up, or changes it.", Right::master_data),
    row<Place>("set_place", "Sets a location up, or changes it.", Right::master_data),
    row<Recipe>("set_recipe", "Sets a recipe up, or changes it.", Right::master_data),
    row<Attribute>("set_attribute", "Sets an attribute up, or changes it.", Right::master_data),
    row<Factor>("set_factor", "Sets a conversion factor of an item or a lot.", Right::master_data),
    row<BookSettings>("set_book", "Changes what holds for the whole book.", Right::admin),
    row<ErasePersonal>(
        "erase_personal",
        "Erases the names, e-mail addresses and telephone numbers kept of a partner or an address (R96).",
        Right::admin),
    row<Receive>("receive", "Books a delivery in: every lot gets its own code (R1-R11, R54-R56).", Right::operate),
    row<Move>("move", "Moves goods inside a site.", Right::operate),
    row<Dispatch>("dispatch", "Sends named lots to a customer's delivery address (R80).", Right::operate),
    row<VoidDispatch>("void_dispatch", "Says that the goods of a dispatch never left, and where they are (R81).",
                      Right::correct_genealogy),
    row<ReturnGoods>("return_goods", "Takes goods back from a customer, into the same lot (R82).", Right::operate),
    row<Undo>("undo", "Takes entries back as if they never happened (R32).", Right::operate),
    row<Correct>("correct", "Corrects an entry at its old instant (R32-R34).", Right::operate),
    row<Replace>("replace", "Says that another lot was used (R35).", Right::operate),
};

}  // namespace

std::span<const CommandRow> command_table() { return commands; }

const CommandRow* find_command(std::string_view name) {
  for (const CommandRow& command : commands)
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace lotbook
