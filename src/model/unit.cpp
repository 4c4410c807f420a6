// SPDX-License-Identifier: Apache-2.0
#include "model/unit.h"

#include <algorithm>
#include <array>

namespace lotbook {

namespace {

using enum Dimension;

// One of a unit is numerator / denominator of the dimension's common unit: micrograms, microlitres, micrometres, square
// millimetres, seconds, joules. All ratios are exact by definition (the international pound, the US and the imperial
// gallon).
constexpr std::array units{
    Unit{"EA", "each", "ea", count, 1, 1},
    Unit{"C62", "one", "1", count, 1, 1},
    Unit{"H87", "piece", "pc", count, 1, 1},
    Unit{"NAR", "number of articles", "pc", count, 1, 1},
    Unit{"U2", "tablet", "tab", count, 1, 1},
    Unit{"AV", "capsule", "cap", count, 1, 1},
    Unit{"SYR", "syringe", "syr", count, 1, 1},
    Unit{"NMP", "number of packs", "pk", pack, 1, 1},
    Unit{"PR", "pair", "pr", count, 2, 1},
    Unit{"HD", "half dozen", "½ dz", count, 6, 1},
    Unit{"DZN", "dozen", "dz", count, 12, 1},
    Unit{"DPC", "dozen piece", "dz pc", count, 12, 1},
    Unit{"SCO", "score", "20", count, 20, 1},
    Unit{"DPR", "dozen pair", "dz pr", count, 24, 1},
    Unit{"GRO", "gross", "gr", count, 144, 1},
    Unit{"GGR", "great gross", "12 gr", count, 1'728, 1},
    Unit{"CEN", "hundred", "100", count, 100, 1},
    Unit{"MIL", "thousand", "1000", count, 1'000, 1},
    Unit{"T3", "thousand piece", "1000 pc", count, 1'000, 1},
    Unit{"MIO", "million", "10⁶", count, 1'000'000, 1},
    // mass, in micrograms
    Unit{"MC", "microgram", "µg", mass, 1, 1},
    Unit{"MGM", "milligram", "mg", mass, 1'000, 1},
    Unit{"CGM", "centigram", "cg", mass, 10'000, 1},
    Unit{"DG", "decigram", "dg", mass, 100'000, 1},
    Unit{"GRM", "gram", "g", mass, 1'000'000, 1},
    Unit{"DJ", "decagram", "dag", mass, 10'000'000, 1},
    Unit{"HGM", "hectogram", "hg", mass, 100'000'000, 1},
    Unit{"KGM", "kilogram", "kg", mass, 1'000'000'000, 1},
    Unit{"DTN", "decitonne", "dt", mass, 100'000'000'000, 1},
    Unit{"TNE", "tonne", "t", mass, 1'000'000'000'000, 1},
    Unit{"KTN", "kilotonne", "kt", mass, 1'000'000'000'000'000, 1},
    Unit{"CTM", "metric carat", "ct", mass, 200'000, 1},
    Unit{"LBR", "pound", "lb", mass, 453'592'370, 1},
    Unit{"ONZ", "ounce", "oz", mass, 226'796'185, 8},
    Unit{"APZ", "troy ounce", "oz t", mass, 155'517'384, 5},
    Unit{"GRN", "grain", "gr", mass, 6'479'891, 100},
    Unit{"CWA", "hundredweight (US)", "cwt", mass, 45'359'237'000, 1},
    Unit{"CWI", "hundredweight (UK)", "cwt", mass, 50'802'345'440, 1},
    Unit{"STN", "ton (US)", "tn", mass, 907'184'740'000, 1},
    Unit{"LTN", "ton (UK)", "tn", mass, 1'016'046'908'800, 1},
    Unit{"STI", "stone", "st", mass, 6'350'293'180, 1},
    // volume, in microlitres
    Unit{"4G", "microlitre", "µl", volume, 1, 1},
    Unit{"MLT", "millilitre", "ml", volume, 1'000, 1},
    Unit{"CLT", "centilitre", "cl", volume, 10'000, 1},
    Unit{"DLT", "decilitre", "dl", volume, 100'000, 1},
    Unit{"LTR", "litre", "l", volume, 1'000'000, 1},
    Unit{"A44", "decalitre", "dal", volume, 10'000'000, 1},
    Unit{"HLT", "hectolitre", "hl", volume, 100'000'000, 1},
    Unit{"K6", "kilolitre", "kl", volume, 1'000'000'000, 1},
    Unit{"MTQ", "cubic metre", "m³", volume, 1'000'000'000, 1},
    Unit{"DMQ", "cubic decimetre", "dm³", volume, 1'000'000, 1},
    Unit{"CMQ", "cubic centimetre", "cm³", volume, 1'000, 1},
    Unit{"MMQ", "cubic millimetre", "mm³", volume, 1, 1},
    Unit{"INQ", "cubic inch", "in³", volume, 16'387'064, 1'000},
    Unit{"FTQ", "cubic foot", "ft³", volume, 28'316'846'592, 1'000},
    Unit{"YDQ", "cubic yard", "yd³", volume, 764'554'857'984, 1'000},
    Unit{"GLL", "gallon (US)", "gal", volume, 3'785'411'784, 1'000},
    Unit{"QTL", "quart (US)", "qt", volume, 946'352'946, 1'000},
    Unit{"PTL", "pint (US)", "pt", volume, 473'176'473, 1'000},
    Unit{"OZA", "fluid ounce (US)", "fl oz", volume, 295'735'295'625, 10'000'000},
    Unit{"GLI", "gallon (UK)", "gal", volume, 4'546'090, 1},
    Unit{"QTI", "quart (UK)", "qt", volume, 11'365'225, 10},
    Unit{"PTI", "pint (UK)", "pt", volume, 56'826'125, 100},
    Unit{"OZI", "fluid ounce (UK)", "fl oz", volume, 284'130'625, 10'000},
    Unit{"BLL", "barrel (US)", "bbl", volume, 158'987'294'928, 1'000},
    Unit{"BUA", "bushel (US)", "bu", volume, 3'523'907'016'688, 100'000},
    // length, in micrometres
    Unit{"4H", "micrometre", "µm", length, 1, 1},
    Unit{"MMT", "millimetre", "mm", length, 1'000, 1},
    Unit{"CMT", "centimetre", "cm", length, 10'000, 1},
    Unit{"DMT", "decimetre", "dm", length, 100'000, 1},
    Unit{"MTR", "metre", "m", length, 1'000'000, 1},
    Unit{"A45", "decametre", "dam", length, 10'000'000, 1},
    Unit{"HMT", "hectometre", "hm", length, 100'000'000, 1},
    Unit{"KMT", "kilometre", "km", length, 1'000'000'000, 1},
    Unit{"INH", "inch", "in", length, 25'400, 1},
    Unit{"FOT", "foot", "ft", length, 304'800, 1},
    Unit{"YRD", "yard", "yd", length, 914'400, 1},
    Unit{"SMI", "mile", "mi", length, 1'609'344'000, 1},
    Unit{"77", "milli-inch", "mil", length, 127, 5},
    // area, in square millimetres
    Unit{"MMK", "square millimetre", "mm²", area, 1, 1},
    Unit{"CMK", "square centimetre", "cm²", area, 100, 1},
    Unit{"DMK", "square decimetre", "dm²", area, 10'000, 1},
    Unit{"MTK", "square metre", "m²", area, 1'000'000, 1},
    Unit{"ARE", "are", "a", area, 100'000'000, 1},
    Unit{"HAR", "hectare", "ha", area, 10'000'000'000, 1},
    Unit{"INK", "square inch", "in²", area, 64'516, 100},
    Unit{"FTK", "square foot", "ft²", area, 9'290'304, 100},
    Unit{"YDK", "square yard", "yd²", area, 83'612'736, 100},
    Unit{"ACR", "acre", "ac", area, 40'468'564'224, 10},
    // time, in seconds
    Unit{"SEC", "second", "s", Dimension::time, 1, 1},
    Unit{"MIN", "minute", "min", Dimension::time, 60, 1},
    Unit{"HUR", "hour", "h", Dimension::time, 3'600, 1},
    Unit{"DAY", "day", "d", Dimension::time, 86'400, 1},
    Unit{"WEE", "week", "wk", Dimension::time, 604'800, 1},
    // energy, in joules
    Unit{"JOU", "joule", "J", energy, 1, 1},
    Unit{"KJO", "kilojoule", "kJ", energy, 1'000, 1},
    Unit{"3B", "megajoule", "MJ", energy, 1'000'000, 1},
    Unit{"GV", "gigajoule", "GJ", energy, 1'000'000'000, 1},
    Unit{"WHR", "watt hour", "Wh", energy, 3'600, 1},
    Unit{"KWH", "kilowatt hour", "kWh", energy, 3'600'000, 1},
    Unit{"MWH", "megawatt hour", "MWh", energy, 3'600'000'000, 1},
    // packs hold what a factor says
    Unit{"XBX", "box", "box", pack, 1, 1},
    Unit{"XCT", "carton", "ctn", pack, 1, 1},
    Unit{"XCS", "case", "case", pack, 1, 1},
    Unit{"XPX", "pallet", "pal", pack, 1, 1},
    Unit{"XPK", "package", "pkg", pack, 1, 1},
    Unit{"XPA", "packet", "pkt", pack, 1, 1},
    Unit{"XBG", "bag", "bag", pack, 1, 1},
    Unit{"XSA", "sack", "sack", pack, 1, 1},
    Unit{"XDR", "drum", "drum", pack, 1, 1},
    Unit{"XRO", "roll", "roll", pack, 1, 1},
    Unit{"XRL", "reel", "reel", pack, 1, 1},
    Unit{"XTU", "tube", "tube", pack, 1, 1},
    Unit{"XPU", "tray", "tray", pack, 1, 1},
    Unit{"XBO", "bottle", "bottle", pack, 1, 1},
    Unit{"XCA", "can, rectangular", "can", pack, 1, 1},
    Unit{"XCX", "can, cylindrical", "can", pack, 1, 1},
    Unit{"XTN", "tin", "tin", pack, 1, 1},
    Unit{"XCR", "crate", "crate", pack, 1, 1},
    Unit{"XJR", "jar", "jar", pack, 1, 1},
    Unit{"XVI", "vial", "vial", pack, 1, 1},
    Unit{"XAM", "ampoule", "amp", pack, 1, 1},
    Unit{"XKG", "keg", "keg", pack, 1, 1},
    Unit{"XTK", "tank, rectangular", "tank", pack, 1, 1},
    Unit{"XTY", "tank, cylindrical", "tank", pack, 1, 1},
    Unit{"XWA", "intermediate bulk container", "IBC", pack, 1, 1},
    Unit{"XAE", "aerosol", "aerosol", pack, 1, 1},
    Unit{"XBA", "barrel", "barrel", pack, 1, 1},
    Unit{"XBE", "bundle", "bundle", pack, 1, 1},
    Unit{"XBI", "bin", "bin", pack, 1, 1},
    Unit{"XBJ", "bucket", "bucket", pack, 1, 1},
    Unit{"XBK", "basket", "basket", pack, 1, 1},
    Unit{"XBL", "bale", "bale", pack, 1, 1},
    Unit{"XCL", "coil", "coil", pack, 1, 1},
    Unit{"XCN", "container", "container", pack, 1, 1},
    Unit{"XCQ", "cartridge", "cartridge", pack, 1, 1},
    Unit{"XCY", "cylinder", "cylinder", pack, 1, 1},
    Unit{"XEN", "envelope", "envelope", pack, 1, 1},
    Unit{"XGB", "gas bottle", "gas bottle", pack, 1, 1},
    Unit{"XJC", "jerrican", "jerrican", pack, 1, 1},
    Unit{"XPC", "parcel", "parcel", pack, 1, 1},
    Unit{"XPL", "pail", "pail", pack, 1, 1},
    Unit{"XPO", "pouch", "pouch", pack, 1, 1},
    Unit{"XSH", "sachet", "sachet", pack, 1, 1},
    Unit{"XSO", "spool", "spool", pack, 1, 1},
    Unit{"XST", "sheet", "sheet", pack, 1, 1},
    Unit{"XTB", "tub", "tub", pack, 1, 1},
    Unit{"SET", "set", "set", pack, 1, 1},
    Unit{"KT", "kit", "kit", pack, 1, 1},
    Unit{"NIU", "number of international units", "IU", pack, 1, 1},
};

}  // namespace

std::span<const Unit> all_units() { return units; }

const Unit* find_unit(std::string_view code) {
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.code == code; });
  return found == units.end() ? nullptr : &*found;
}

std::optional<Decimal> convert(Decimal quantity, const Unit& from, const Unit& to, int decimals) {
  if (from.code == to.code) return scaled(quantity, 1, 1, decimals);
  if (from.dimension != to.dimension || from.dimension == pack) return std::nullopt;
  // (n1/d1) / (n2/d2), reduced first so that the products stay within 64 bits where they can.
  const auto gcd = [](std::int64_t a, std::int64_t b) {
    while (b != 0) a %= b, std::swap(a, b);
    return a;
  };
  std::int64_t n1 = from.numerator, d1 = from.denominator, n2 = to.numerator, d2 = to.denominator;
  const std::int64_t across_n = gcd(n1, n2), across_d = gcd(d1, d2);
  n1 /= across_n, n2 /= across_n, d1 /= across_d, d2 /= across_d;
  std::int64_t numerator = 0, denominator = 0;
  if (__builtin_mul_overflow(n1, d2, &numerator) || __builtin_mul_overflow(d1, n2, &denominator)) return std::nullopt;
  return scaled(quantity, numerator, denominator, decimals);
}

}  // namespace lotbook
