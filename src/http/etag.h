// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

// Entity tags (RFC 9110, 8.8.3): a name for exactly these bytes, by which a client asks whether it has them already.

namespace lotbook {

/// A strong tag of the content, quotes included.
std::string etag_of(std::string_view content);
/// True when the header value ("*", or a list of tags, some perhaps weak) names `etag`, as If-None-Match compares.
bool names_etag(std::string_view header_value, std::string_view etag);

/// For an answer to GET or HEAD: sets ETag (of the body, unless set already) and "Cache-Control: no-cache" unless set,
/// and turns 200 into 304 without a body if the client has it.
Response with_etag(const Request& request, Response response);

}  // namespace lotbook
