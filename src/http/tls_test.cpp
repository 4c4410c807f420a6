// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "http/server.h"
#include "http/test_client.h"

using namespace lotbook;

namespace {

template <auto free_it>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    free_it(pointer);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

/// A key and a certificate that it signed itself, in files that go away with it.
class SelfSigned {
 public:
  SelfSigned() {
    std::string pattern = (std::filesystem::temp_directory_path() / "lotbook_tls_XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) != 0);
    write(certificate_file(), [&](FILE* file) { return PEM_write_X509(file, certificate.get()); });
    write(key_file(),
          [&](FILE* file) { return PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  }
  ~SelfSigned() { std::filesystem::remove_all(folder_); }

  std::string certificate_file() const { return (folder_ / "certificate.pem").string(); }
  std::string key_file() const { return (folder_ / "key.pem").string(); }

 private:
  template <class Write>
  static void write(const std::string& path, Write write_it) {
    const std::unique_ptr<FILE, Free<std::fclose>> file(std::fopen(path.c_str(), "w"));
    REQUIRE(file);
    REQUIRE(write_it(file.get()) == 1);
  }

  std::filesystem::path folder_;
};

/// A blocking TLS client that believes every certificate.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port)
      : context_(SSL_CTX_new(TLS_client_method())), bio_(BIO_new_ssl_connect(context_.get())) {
    BIO_set_conn_hostname(bio_.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
    is_connected_ = BIO_do_connect(bio_.get()) == 1 && BIO_do_handshake(bio_.get()) == 1;
  }
  bool is_connected() const { return is_connected_; }
  void send(std::string_view bytes) {
    REQUIRE(BIO_write(bio_.get(), bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size()));
  }
  std::string receive_rest() {
    std::string all;
    char piece[4096];
    for (int size; (size = BIO_read(bio_.get(), piece, sizeof piece)) > 0;) all.append(piece, size_t(size));
    return all;
  }

 private:
  std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context_;
  std::unique_ptr<BIO, Free<BIO_free_all>> bio_;
  bool is_connected_ = false;
};

void echo(const Request& request, Respond respond) {
  Response response = content(200, "text/plain", request.body + "!");
  if (request.path == "/stream")
    response.stream = [next = 0](Supply supply) mutable {
      if (++next == 4) return supply.end("");
      supply.more(std::string(20'000, 'x'));
    };
  if (request.path == "/large") response.body = std::string(3'000'000, 'y');
  respond(std::move(response));
}

ServerOptions with_tls(const SelfSigned& own) {
  ServerOptions options;
  options.certificate_file = own.certificate_file();
  options.key_file = own.key_file();
  return options;
}

}  // namespace

TEST_CASE("over TLS requests are answered, with HSTS, until the client asks to close") {
  const SelfSigned own;
  Server server(with_tls(own), echo);
  CHECK(server.transport() == Transport::tls);
  TlsClient client(server.port());
  REQUIRE(client.is_connected());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
  client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  client.send("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = client.receive_rest();
  CHECK(all.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(all.find("Strict-Transport-Security: max-age=31536000\r\n") != std::string::npos);
  CHECK(all.find("\r\n\r\nhi!HTTP/1.1 200 OK\r\n") != std::string::npos);
  CHECK(std::count(all.begin(), all.end(), 'x') >= 60'000);
  CHECK(all.ends_with(std::string(3'000'000, 'y')));
}

TEST_CASE("a refusal reaches a TLS client that is still sending") {
  const SelfSigned own;
  ServerOptions options = with_tls(own);
  options.body_bytes = 10;
  Server server(options, echo);
  TlsClient client(server.port());
  REQUIRE(client.is_connected());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n" + std::string(20'000, 'z'));
  CHECK(client.receive_rest().starts_with("HTTP/1.1 413 "));
}

TEST_CASE("plain HTTP sent to a TLS port is closed, and others are served on") {
  const SelfSigned own;
  Server server(with_tls(own), echo);
  TestClient plain(server.port());
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(plain.receive().status == 0);
  CHECK(TlsClient(server.port()).is_connected());
}

TEST_CASE("TLS files that cannot be used are named") {
  const SelfSigned own;
  const SelfSigned other;
  ServerOptions options;
  options.certificate_file = own.certificate_file();
  CHECK_THROWS_WITH(Server(options, echo), Catch::Contains("give the missing one too"));
  options.key_file = other.key_file();
  CHECK_THROWS_WITH(Server(options, echo), Catch::Contains("must be the PEM key of the certificate"));
  options.certificate_file = "/nowhere/certificate.pem";
  CHECK_THROWS_WITH(Server(options, echo), Catch::Contains("/nowhere/certificate.pem"));
}
