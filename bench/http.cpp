// SPDX-License-Identifier: Apache-2.0
// Durable commands per second over HTTP, from the program itself on a book of its own.
//
//   bench_http --lotbook PROGRAM [--in FOLDER] [--seconds S]
//
// Each client keeps one connection and sends its next command when the last was answered. All clients are one thread.

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <iostream>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "figures.h"
#include "scratch_plant.h"

namespace lotbook {
namespace {

/// What a program prints, until `until` is in it or it ends.
std::string read_until(std::FILE* from, const std::string& until) {
  std::string text;
  char line[1024];
  while (std::fgets(line, sizeof line, from)) {
    text += line;
    if (text.find(until) != std::string::npos) break;
  }
  return text;
}

std::string word_after(const std::string& text, const std::string& before) {
  const std::size_t at = text.find(before);
  if (at == std::string::npos) throw std::runtime_error("expected \"" + before + "\" in: " + text);
  const std::size_t begin = text.find_first_not_of(' ', at + before.size());
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

class Server {
 public:
  Server(const std::string& program, const std::string& book) {
    const std::string command = program + " token create bench --rights view,operate --book " + book;
    std::FILE* made = ::popen(command.c_str(), "r");
    if (!made) throw std::runtime_error("cannot start " + program);
    token_ = word_after(read_until(made, "rights"), "token ");
    ::pclose(made);
    int out[2];
    if (::pipe(out) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(out[1], 1);
      ::close(out[0]);
      ::execlp(program.c_str(), program.c_str(), "serve", "--book", book.c_str(), "--port", "0", "--quiet", nullptr);
      ::_exit(127);
    }
    ::close(out[1]);
    out_ = ::fdopen(out[0], "r");
    const std::string place = word_after(read_until(out_, "http://"), " at ");
    port_ = static_cast<std::uint16_t>(std::stoi(place.substr(place.rfind(':') + 1)));
  }
  ~Server() {
    ::kill(child_, SIGTERM);
    ::waitpid(child_, nullptr, 0);
    std::fclose(out_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int connect() const {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(port_), address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect to the server");
    return socket;
  }
  std::string request(ScratchPlant& plant, Job job) const {
    const ScratchPlant::Written command = plant.written(job);
    return std::string("POST /api/v1/") + command.name + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) +
           "\r\nAuthorization: Bearer " + token_ +
           "\r\nContent-Type: application/json\r\nIdempotency-Key: " + plant.new_key() +
           "\r\nContent-Length: " + std::to_string(command.json.size()) + "\r\n\r\n" + command.json;
  }

 private:
  std::string token_;
  pid_t child_ = 0;
  std::FILE* out_ = nullptr;
  std::uint16_t port_ = 0;
};

struct Client {
  int socket = -1;
  std::int64_t sent_at = 0;
  std::string answer;

  void send(const std::string& request) {
    sent_at = nanoseconds_now();
    for (std::size_t done = 0; done < request.size();) {
      const ssize_t sent = ::send(socket, request.data() + done, request.size() - done, MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("the connection broke");
      done += static_cast<std::size_t>(sent);
    }
  }
  /// True when the whole answer is there.
  bool receive() {
    char bytes[16384];
    const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
    if (got <= 0) throw std::runtime_error("the connection broke");
    answer.append(bytes, static_cast<std::size_t>(got));
    const std::size_t end = answer.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    std::string head = answer.substr(0, end);
    for (char& c : head) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (answer.size() < end + 4 + std::stoul(word_after(head, "content-length:"))) return false;
    if (answer.compare(9, 3, "200") != 0 && answer.compare(9, 3, "201") != 0)
      throw std::runtime_error("refused: " + answer);
    answer.clear();
    return true;
  }
};

struct Figure {
  std::int64_t per_second, p50_us, p99_us;
};

Figure measure(ScratchPlant& plant, const Server& server, Job job, std::size_t count_of_clients, std::size_t count) {
  std::vector<std::string> requests;
  for (std::size_t i = 0; i < count; ++i) requests.push_back(server.request(plant, job));
  std::vector<Client> clients(count_of_clients);
  std::vector<pollfd> waits(count_of_clients);
  for (std::size_t i = 0; i < count_of_clients; ++i)
    clients[i].socket = server.connect(), waits[i] = {clients[i].socket, POLLIN, 0};
  std::vector<std::int64_t> latencies;
  std::size_t next = 0;
  const std::int64_t start = nanoseconds_now();
  for (Client& client : clients)
    if (next < count) client.send(requests[next++]);
  while (latencies.size() < count) {
    if (::poll(waits.data(), waits.size(), 10'000) <= 0) throw std::runtime_error("no answer for ten seconds");
    for (std::size_t i = 0; i < clients.size(); ++i) {
      if (!waits[i].revents || !clients[i].receive()) continue;
      latencies.push_back(nanoseconds_now() - clients[i].sent_at);
      if (next < count) clients[i].send(requests[next++]);
    }
  }
  const std::int64_t spent = nanoseconds_now() - start;
  for (const Client& client : clients) ::close(client.socket);
  return {static_cast<std::int64_t>(count) * 1'000'000'000 / spent, percentile(latencies, 50) / 1000,
          percentile(latencies, 99) / 1000};
}

void run(const std::string& program, const std::string& where, std::uint64_t seconds) {
  const ScratchFolder folder(where);
  const std::string book = folder.file("book");
  ScratchPlant plant(book);
  plant.grow(4000);
  plant.leave_book();
  const Server server(program, book);
  std::cout << "                     clients  commands/s   p50 ms   p99 ms\n";
  for (const Job job : {Job::production, Job::receipt})
    for (const std::size_t clients : {1u, 16u, 256u}) {
      const Figure first = measure(plant, server, job, clients, 100 + clients * 8);
      const Figure figure =
          measure(plant, server, job, clients, 200 + seconds * static_cast<std::uint64_t>(first.per_second));
      std::cout << padded(text_of(job), 20) << padded(std::to_string(clients), 8)
                << padded(std::to_string(figure.per_second), 12) << padded(hundredths_text(figure.p50_us), 9)
                << padded(hundredths_text(figure.p99_us), 9) << std::endl;
    }
}

}  // namespace
}  // namespace lotbook

int main(int argc, char** argv) {
  std::string program = "build/release/lotbook", where = ".";
  std::uint64_t seconds = 3;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--lotbook") == 0) program = argv[i + 1];
    if (std::strcmp(argv[i], "--in") == 0) where = argv[i + 1];
    if (std::strcmp(argv[i], "--seconds") == 0) seconds = std::strtoull(argv[i + 1], nullptr, 10);
  }
  try {
    lotbook::run(program, where, seconds);
  } catch (const std::exception& error) {
    std::cerr << "bench_http: " << error.what() << "\n";
    return 1;
  }
}
