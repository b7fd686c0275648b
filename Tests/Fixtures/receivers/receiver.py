"""A receiver of messages for tests: HTTP or SMTP on a port of its own, well behaved or not.

    receiver.py http|smtp FOLDER [CERTIFICATE KEY]

The port is the first line of standard output. FOLDER/mode says how it behaves from the next connection on, and
FOLDER/log gets a line of JSON for each message.
"""

import base64
import json
import os
import socket
import socketserver
import ssl
import struct
import sys
import threading
import time

KIND, FOLDER = sys.argv[1:3]
CONTEXT = None
if len(sys.argv) > 4:
    CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CONTEXT.load_cert_chain(*sys.argv[3:5])
LOCK = threading.Lock()


def mode():
    try:
        with open(os.path.join(FOLDER, "mode")) as file:
            return file.read().strip()
    except FileNotFoundError:
        return "ok"


def log(entry):
    with LOCK, open(os.path.join(FOLDER, "log"), "a") as file:
        file.write(json.dumps(entry) + "\n")


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Web(socketserver.StreamRequestHandler):
    def setup(self):
        if CONTEXT and KIND == "http":
            self.request = CONTEXT.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self):
        how = mode()
        if how == "reset":
            return reset(self.request)
        if how == "silent":
            time.sleep(120)
            return
        request = self.rfile.readline().decode().split()
        headers = {}
        while line := self.rfile.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = self.rfile.read(int(headers.get("content-length", 0))).decode()
        log({"path": request[1], "headers": headers, "body": body, "mode": how, "at": time.monotonic()})
        self.answer(how, headers)

    def answer(self, how, headers):
        word, _, rest = how.partition(" ")
        if how == "trickle":
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok":
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(1)
        elif how == "slow-body":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            self.wfile.flush()
            time.sleep(120)
        elif how == "huge":
            self.wfile.write(b"HTTP/1.1 500 no\r\nContent-Length: 10000000000\r\n\r\n")
            sent = 0
            try:
                while True:
                    sent += self.request.send(b"x" * 65536)
            except OSError:
                log({"sent": sent})
        elif word == "redirect":
            self.reply(f"302 Found\r\nLocation: {rest}")
        elif how == "echo":
            said = headers.get("authorization", "")
            self.reply(f"403 {said}", said.encode())
        elif how == "200":
            self.reply("200 OK")
        elif word.isdigit():
            self.reply(f"{word} whatever" + (f"\r\nRetry-After: {rest}" if rest else ""))
        else:
            self.reply("200 OK")

    def reply(self, head, body=b"ok"):
        self.wfile.write(f"HTTP/1.1 {head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


class Mail(socketserver.StreamRequestHandler):
    def setup(self):
        self.isSecure = False
        if CONTEXT and mode() == "smtps":
            self.request = CONTEXT.wrap_socket(self.request, server_side=True)
            self.isSecure = True
        super().setup()

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")
        self.wfile.flush()

    def handle(self):
        how = mode()
        if how == "silent":
            time.sleep(120)
            return
        if how == "reset":
            return reset(self.request)
        self.mail = {"to": [], "secure": self.isSecure, "mode": how}
        self.say("220 receiver")
        while line := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            if not self.command(line, how):
                return

    def command(self, line, how):
        word = line.split(" ")[0].upper()
        if word == "EHLO" and how == "helo-only":
            self.say("502 what")
        elif word in ("EHLO", "HELO"):
            offers = ["receiver", "8BITMIME"]
            if CONTEXT and not self.isSecure and how != "no-tls":
                offers.append("STARTTLS")
            offers.append("AUTH PLAIN LOGIN")
            for offer in offers[:-1]:
                self.say("250-" + offer)
            self.say("250 " + offers[-1])
        elif word == "STARTTLS":
            self.say("220 go on")
            self.request = CONTEXT.wrap_socket(self.request, server_side=True)
            self.isSecure = True
            self.mail["secure"] = True
            self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
        elif word == "AUTH":
            said = line.split(" ", 2)[2] if line.count(" ") > 1 else ""
            if not said:
                self.say("334 ")
                said = self.rfile.readline().decode().strip()
            self.mail["login"] = base64.b64decode(said).decode().replace("\0", "|")
            log({"login": self.mail["login"], "secure": self.isSecure})
            self.say(f"535 no, not {said}" if how == "535" else "235 welcome")
        elif word == "MAIL":
            self.mail["from"] = line
            if how == "echo":
                self.say(f"550 never {self.mail.get('login', '')}")
            else:
                self.say("451 later" if how == "451" else "250 ok")
        elif word == "RCPT":
            if how == "550" or how in ("550-one", "450-one") and "nobody" in line:
                self.say("550 no such user")
            elif how == "450-one" and "late" in line:
                self.say("450 try again")
            else:
                self.mail["to"].append(line)
                self.say("250 ok")
        elif word == "DATA":
            self.say("354 go on")
            lines = []
            while (text := self.rfile.readline().decode("latin-1").rstrip("\r\n")) != ".":
                lines.append(text)
            self.mail["data"] = "\n".join(lines)
            self.mail["at"] = time.monotonic()
            log(self.mail)
            self.say("250 taken")
        elif word == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        pass


with Server(("127.0.0.1", 0), Web if KIND == "http" else Mail) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
