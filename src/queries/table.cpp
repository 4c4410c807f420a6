// SPDX-License-Identifier: Apache-2.0
#include "queries/table.h"

#include <array>

#include "queries/checkpoints.h"
#include "queries/delivery_note.h"
#include "queries/handling_unit.h"
#include "queries/head.h"
#include "queries/history.h"
#include "queries/lot.h"
#include "queries/order.h"
#include "queries/records.h"
#include "queries/scan.h"
#include "queries/search.h"
#include "queries/serial.h"
#include "queries/stock.h"
#include "queries/trace.h"
#include "queries/trade_order.h"
#include "queries/vessel.h"
#include "queries/watch.h"

namespace lotbook {

namespace {

template <class Q, class A>
constexpr QuestionRow row(std::string_view name, std::string_view sentence) {
  return {name,
          sentence,
          []() -> const Shape& { return shape_of<Q>(); },
          []() -> const Shape& { return shape_of<A>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<Q>(); },
          []() -> std::shared_ptr<void> { return std::make_shared<A>(); },
          [](const void* question, const Snapshot& snapshot) -> Result<AnyAnswer> {
            Result<A> answer = ask(*static_cast<const Q*>(question), snapshot);
            if (!answer) return answer.refusals();
            return AnyAnswer{&shape_of<A>(), std::make_shared<const A>(std::move(*answer))};
          }};
}

const std::array questions{
    row<HeadQuestion, HeadAnswer>("head", "Number and hash of the newest entry."),
    row<CheckpointsQuestion, CheckpointsAnswer>("checkpoints", "Signed checkpoints of the ledger, to keep elsewhere."),
    row<LotQuestion, LotAnswer>("lot",
                                "Everything about one lot: where, how much, its status, names, holds and history."),
    row<SerialQuestion, SerialAnswer>(
        "serial", "Everything about one unit: where, of which lot, what it was built of and what is in it now."),
    row<DeliveryNoteQuestion, DeliveryNoteAnswer>("delivery_note",
                                                  "What a delivery note says, as issued, version by version (R80)."),
    row<HandlingUnitQuestion, HandlingUnitAnswer>("handling_unit",
                                                  "What is in this box: a pallet or case by its SSCC."),
    row<HandlingUnitsQuestion, HandlingUnitsAnswer>("handling_units", "Pallets and cases in a location."),
    row<VesselQuestion, VesselAnswer>("vessel", "What a tank or silo holds, and what may still cling to it."),
    row<SerialsQuestion, SerialsAnswer>("serials", "Units of a lot, in order of number."),
    row<ScanQuestion, ScanAnswer>("scans", "What a code means here and now, or what it may mean; never a guess (R8)."),
    row<SerialsAtQuestion, SerialsAtAnswer>("serials_at", "Units that lie in a location, of all lots."),
    row<FindingsQuestion<FindingKind::complaint>, FindingsAnswer>("complaints",
                                                                  "What customers complained about, newest first."),
    row<FindingsQuestion<FindingKind::defect>, FindingsAnswer>("defects", "Faults found in goods, newest first."),
    row<StockQuestion, StockAnswer>("stock", "What lies where, now or then."),
    row<ExpiringQuestion, ExpiringAnswer>("expiring", "Lots whose day comes soon."),
    row<FefoQuestion, FefoAnswer>("fefo", "In which order the lots of an item are to be used, and which may be."),
    row<DocumentQuestion, DocumentAnswer>("document", "What happened under a document or order number."),
    row<OrdersQuestion, OrdersAnswer>("orders", "Orders by state."),
    row<TradeOrdersQuestion, TradeOrdersAnswer>("trade_orders", "Sales or purchase orders, in order of number."),
    row<TradeOrderQuestion, TradeOrderAnswer>("trade_order",
                                              "A sales or purchase order, line by line, and how far it is."),
    row<PickListQuestion, PickListAnswer>("pick_list",
                                          "What to take for a sales order, where, in which order, and why (R50-R52)."),
    row<AvailabilityQuestion, AvailabilityAnswer>("availability", "What of an item can be promised from a site (R51)."),
    row<OverridesQuestion, OverridesAnswer>("overrides", "Who passed over which rule, of what lot, and why (R44)."),
    row<HistoryQuestion, EntriesAnswer>("history", "Everything recorded of one thing, with who, when and why."),
    row<EntriesQuestion, EntriesAnswer>("entries", "Every entry in order, to be taken up again where it was left."),
    row<SearchQuestion, SearchAnswer>("search",
                                      "Finds lots, items, partners, places and documents by part of a code or name."),
    row<HoldsQuestion, HoldsAnswer>("holds", "Holds that stand."),
    row<ReviewsQuestion, ReviewsAnswer>("reviews", "What wants a second look."),
    row<TraceForwardQuestion, TraceAnswer>("trace_forward",
                                           "Where lots went: every lot, customer and place they reached."),
    row<TraceBackQuestion, TraceAnswer>("trace_back", "Where lots came from: every lot and supplier behind them."),
    row<BalanceQuestion, BalanceAnswer>("balance",
                                        "What came in, what went out and what is on hand, of a lot or several (R89)."),
    row<RecordsQuestion<Item>, RecordsAnswer<Item>>("items", "Items, in order of code."),
    row<RecordsQuestion<Partner>, RecordsAnswer<Partner>>("partners", "Suppliers and customers, in order of code."),
    row<RecordsQuestion<Address>, RecordsAnswer<Address>>("addresses", "Delivery addresses, in order of code."),
    row<RecordsQuestion<Place>, RecordsAnswer<Place>>("places", "Locations, in order of code."),
    row<RecordsQuestion<Recipe>, RecordsAnswer<Recipe>>("recipes", "Recipes, in order of code."),
    row<RecordsQuestion<Attribute>, RecordsAnswer<Attribute>>("attributes", "Attributes, in order of code."),
    row<RecordsQuestion<Factor>, RecordsAnswer<Factor>>("factors", "Conversion factors, in order of code."),
    row<BookQuestion, BookSettings>("book", "What holds for the whole book."),
};

}  // namespace

std::span<const QuestionRow> question_table() { return questions; }

const QuestionRow* find_question(std::string_view name) {
  for (const QuestionRow& question : questions)
    if (question.name == name) return &question;
  return nullptr;
}

}  // namespace lotbook
