// SPDX-License-Identifier: Apache-2.0
#include "commands/table.h"

#include <array>

#include "commands/backflush.h"
#include "commands/blend.h"
#include "commands/change_dates.h"
#include "commands/close_order.h"
#include "commands/consume.h"
#include "commands/correct.h"
#include "commands/count.h"
#include "commands/disassemble.h"
#include "commands/dispatch.h"
#include "commands/dispatch_order.h"
#include "commands/dispose.h"
#include "commands/fill.h"
#include "commands/finding.h"
#include "commands/found.h"
#include "commands/hold.h"
#include "commands/install.h"
#include "commands/layers.h"
#include "commands/lot_names.h"
#include "commands/move.h"
#include "commands/open_stock.h"
#include "commands/pack.h"
#include "commands/pick.h"
#include "commands/produce.h"
#include "commands/quality.h"
#include "commands/receive.h"
#include "commands/records.h"
#include "commands/relabel.h"
#include "commands/release_order.h"
#include "commands/return_to_supplier.h"
#include "commands/sample.h"
#include "commands/split.h"
#include "commands/trade_order.h"
#include "commands/transfer.h"
#include "commands/warranty.h"
#include "commands/yield.h"

namespace lotbook {

namespace {

template <class C>
Result<Draft> decide_any(const C& command, const Moment& moment, const View& view) {
  if constexpr (requires { command.lines; }) {
    if constexpr (TakesGoods<typename decltype(command.lines)::value_type>)
      return decide_drawn(command, &C::lines, "lines", moment, view);
  }
  if constexpr (requires { command.inputs; }) {
    if constexpr (TakesGoods<typename decltype(command.inputs)::value_type>)
      return decide_drawn(command, &C::inputs, "inputs", moment, view);
  }
  return decide(command, moment, view);
}

template <class C>
constexpr CommandRow row(std::string_view name, std::string_view sentence, Right right) {
  return {name,
          sentence,
          right,
          []() -> const Shape& { return shape_of<C>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<C>(); },
          [](const void* command, const Moment& moment, const View& view) {
            return decide_any(*static_cast<const C*>(command), moment, view);
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
    row<User>("set_user", "Sets a user up, or changes their role, sites or name, or disables them.", Right::admin),
    row<ErasePersonal>(
        "erase_personal",
        "Erases the names, e-mail addresses and telephone numbers kept of a partner, an address, a complaint or a user "
        "(R96).",
        Right::admin),
    row<Receive>("receive", "Books a delivery in: every lot gets its own code (R1-R11, R54-R56).", Right::operate),
    row<Move>("move", "Moves goods inside a site.", Right::operate),
    row<Dispatch>("dispatch", "Sends named lots to a customer's delivery address (R80).", Right::operate),
    row<SetSalesOrder>("set_sales_order", "Sets a customer's order, or changes it as long as nothing was picked (R52).",
                       Right::operate),
    row<SetPurchaseOrder>("set_purchase_order", "Sets an order to a supplier, or changes it as long as nothing came.",
                          Right::operate),
    row<CancelTradeOrder>("cancel_trade_order", "Gives up a sales or purchase order for which nothing was done.",
                          Right::operate),
    row<CloseTradeOrder>("close_trade_order", "Closes a sales or purchase order short: the rest will not come (R55).",
                         Right::operate),
    row<ReleasePick>("release_pick", "Chooses the lots of an order, first expired first (R50-R52).", Right::operate),
    row<Pick>("pick", "Takes goods for an order into staging, in the order in which lots are to go (R51, R53).",
              Right::operate),
    row<PutBack>("put_back", "Puts picked goods back into the store (R41).", Right::operate),
    row<DispatchOrder>("dispatch_order", "Sends what was picked for an order on its way, with a delivery note (R80).",
                       Right::operate),
    row<VoidDispatch>("void_dispatch", "Says that the goods of a dispatch never left, and where they are (R81).",
                      Right::correct_genealogy),
    row<ReturnGoods>("return_goods", "Takes goods back from a customer, into the same lot (R82).", Right::operate),
    row<ReleaseOrder>("release_order",
                      "Releases a production order with its plan, and takes batch numbers ahead (R13, R64).",
                      Right::operate),
    row<Consume>("consume", "Posts lots into a production order (R64-R66).", Right::operate),
    row<Backflush>("backflush", "Posts consumption without naming lots, where the item allows it (R69).",
                   Right::operate),
    row<GiveBack>("give_back", "Puts material back that an order did not use, as the lot it was (R68).",
                  Right::operate),
    row<Yield>("yield", "Posts lots that came out of a production order (R62, R65, R70).", Right::operate),
    row<Produce>("produce", "Consumes and yields in one step, and closes the order (R65, R67).", Right::operate),
    row<CloseOrder>("close_order", "Finishes a production order; what it did not yield is loss (R67).", Right::operate),
    row<ReopenOrder>("reopen_order", "Lets a closed production order go on.", Right::operate),
    row<CancelOrder>("cancel_order", "Gives up an order to which nothing was posted (R13).", Right::operate),
    row<Split>("split", "Makes new lots of the same item out of one, with the same dates, status and holds (R77).",
               Right::operate),
    row<Blend>("blend", "Makes one new lot of several lots of an item, with the earliest of their dates (R48, R77).",
               Right::operate),
    row<Relabel>("relabel", "Puts new labels on goods: they are a new lot from then on (R12).", Right::operate),
    row<Disassemble>("disassemble", "Takes goods apart; known lots come back as themselves (R73).", Right::operate),
    row<Install>("install", "Builds units and other goods into a unit, as in a repair (R79).", Right::operate),
    row<Remove>("remove", "Takes units out of the unit they are built into (R79).", Right::operate),
    row<Undo>("undo", "Takes entries back as if they never happened (R32).", Right::operate),
    row<Correct>("correct", "Corrects an entry at its old instant (R32-R34).", Right::operate),
    row<Replace>("replace", "Says that another lot was used (R35).", Right::operate),
    row<Pack>("pack", "Puts goods on a pallet or into a case with an SSCC (R24).", Right::operate),
    row<Unpack>("unpack", "Takes goods off a pallet or out of a case (R24).", Right::operate),
    row<MoveUnit>("move_unit", "Moves a pallet or case with all that is on it (R24).", Right::operate),
    row<NestUnit>("nest_unit", "Puts a case on a pallet, or takes it off (R24).", Right::operate),
    row<Fill>("fill", "Fills a tank or silo; what mixes there becomes a new lot (R74-R76).", Right::operate),
    row<Empty>("empty", "Says that a vessel was emptied, so that no more than its residue stays (R76).",
               Right::operate),
    row<Clean>("clean", "Says that a vessel was cleaned, so that nothing of what it held stays (R76).", Right::operate),
    row<OpenStock>("open_stock", "Opens stock that was there before this book (R58).", Right::operate),
    row<TransferOut>("transfer_out", "Sends goods to another site; until they arrive they are in transit (R21).",
                     Right::operate),
    row<TransferIn>("transfer_in", "Books in what arrives from another site (R21).", Right::operate),
    row<Count>("count", "Says what was in a location; the difference is posted (R59).", Right::operate),
    row<Adjust>("adjust", "Posts a difference that was found, with its reason (R59).", Right::operate),
    row<FoundGoods>("found", "Books in goods that the book has never seen, with or without a readable code (R61, R63).",
                    Right::operate),
    row<Sample>("sample", "Takes goods for testing, or keeps them as retained samples (R83).", Right::operate),
    row<Dispose>("dispose", "Destroys goods, for a reason.", Right::operate),
    row<ReturnToSupplier>("return_to_supplier", "Sends goods back to who delivered them (R57).", Right::operate),
    row<Quarantine>("quarantine", "Lets lots wait for quality.", Right::quality),
    row<Release>("release", "Lets lots be used.", Right::quality),
    row<Reject>("reject", "Keeps lots from any use but return, rework and disposal.", Right::quality),
    row<PlaceHold>("hold", "Blocks lots by decision, also what was made of them if asked for (R37-R42).",
                   Right::quality),
    row<LiftHold>("lift_hold", "Sets lots free of one hold; other holds on them stay (R37).", Right::quality),
    row<ChangeDates>("change_dates", "Corrects the dates of a lot, or changes its shelf life (R48).", Right::operate),
    row<Rename>("rename", "Corrects a lot code that was typed wrongly; the old one stays findable (R12).",
                Right::operate),
    row<AddName>("add_name", "Gives a lot a further name (R3).", Right::operate),
    row<Join>("join", "Declares two lots to be one (R12).", Right::quality),
    row<RecordComplaint>("record_complaint", "Records what a customer complains about.", Right::operate),
    row<ChangeFinding<FindingKind::complaint>>("change_complaint", "Changes a complaint, or opens it again.",
                                               Right::operate),
    row<CloseFinding<FindingKind::complaint>>("close_complaint", "Closes a complaint with what came of it.",
                                              Right::quality),
    row<RecordDefect>("record_defect", "Records a fault that was found in goods.", Right::operate),
    row<ChangeFinding<FindingKind::defect>>("change_defect", "Changes a defect, or opens it again.", Right::operate),
    row<CloseFinding<FindingKind::defect>>("close_defect", "Closes a defect with what came of it.", Right::quality),
    row<SetWarranty>("set_warranty", "Says when the warranty of a unit begins and how long it lasts.", Right::operate),
};

}  // namespace

std::span<const CommandRow> command_table() { return commands; }

const CommandRow* find_command(std::string_view name) {
  for (const CommandRow& command : commands)
    if (command.name == name) return &command;
  return nullptr;
}

}  // namespace lotbook
