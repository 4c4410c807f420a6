// SPDX-License-Identifier: Apache-2.0
#include "http/etag.h"
#include "http/pages/pages.h"

// The files of src/http/assets, put into the program by the assembler.
#define LOTBOOK_ASSET(name, file)                                                                                  \
  __asm__(".section .rodata\n.global lotbook_asset_" #name "\nlotbook_asset_" #name ":\n.incbin \"" LOTBOOK_ASSETS \
          "/" file "\"\n.global lotbook_asset_" #name "_end\nlotbook_asset_" #name "_end:\n.previous\n");          \
  extern "C" const char lotbook_asset_##name[], lotbook_asset_##name##_end[]

LOTBOOK_ASSET(css, "lotbook.css");
LOTBOOK_ASSET(js, "lotbook.js");
LOTBOOK_ASSET(svg, "lotbook.svg");

namespace lotbook {

namespace {

void add_asset(Routes& routes, std::string path, std::string content_type, const char* begin, const char* end) {
  // Asked for again with each page, and answered by 304: never stale after an update.
  const std::string file(begin, end);
  routes.add("GET", std::move(path), Need::nothing(), [file, content_type](const Request& request, Respond respond) {
    respond(with_etag(request, content(200, content_type, file)));
  });
}

}  // namespace

void add_asset_routes(Routes& routes) {
  add_asset(routes, "/assets/lotbook.css", "text/css; charset=utf-8", lotbook_asset_css, lotbook_asset_css_end);
  add_asset(routes, "/assets/lotbook.js", "text/javascript; charset=utf-8", lotbook_asset_js, lotbook_asset_js_end);
  add_asset(routes, "/assets/lotbook.svg", "image/svg+xml", lotbook_asset_svg, lotbook_asset_svg_end);
}

}  // namespace lotbook
