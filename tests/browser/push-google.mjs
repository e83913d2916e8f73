// Google's push service for tests, as Chromium speaks to it: check-in (protobuf), registration (form), the connection
// that stays open (MCS over TLS), and the endpoint that a sender posts to. In: a folder for the certificate that is made
// here and trusted nowhere else. Out: the switches that lead a Chromium here, and where the endpoint's host is reached.
// Everything is kept in memory; signatures are not checked.
import { execFileSync } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer as http } from "node:http";
import { createServer as https } from "node:https";
import { createServer as tls } from "node:tls";
import { join } from "node:path";

/** What Chromium takes for its push service's host; Chrome says fcm.googleapis.com. */
const HOSTS = ["jmt17.google.com", "fcm.googleapis.com"];
const LARGEST = 4096;
const MCS_VERSION = 41;
const TAG = { heartbeat: 0, heartbeatAck: 1, login: 2, loginAnswer: 3, close: 4, message: 8 };

// Protobuf, as much of it as is spoken here.
const varint = (value) => {
  const out = [];
  for (let n = BigInt(value); ; n >>= 7n) {
    const last = n < 128n;
    out.push(Number(n & 127n) | (last ? 0 : 128));
    if (last) return Buffer.from(out);
  }
};
const field = (number, wire, body) => Buffer.concat([varint((number << 3) | wire), body]);
const int = (number, value) => field(number, 0, varint(value));
const bytes = (number, value) => field(number, 2, Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]));
const fixed64 = (number, value) => {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64LE(value);
  return field(number, 1, eight);
};
const frame = (tag, body = Buffer.alloc(0)) => Buffer.concat([Buffer.from([tag]), varint(body.length), body]);

/** Cuts whole frames off the front of a buffer: `[frames, rest]`. */
function frames(buffer) {
  const found = [];
  for (;;) {
    let size = 0, shift = 0, at = 1, byte = 128;
    while (byte & 128) {
      if (at >= buffer.length) return [found, buffer];
      byte = buffer[at++];
      size |= (byte & 127) << shift;
      shift += 7;
    }
    if (buffer.length < at + size) return [found, buffer];
    found.push({ tag: buffer[0], body: buffer.subarray(at, at + size) });
    buffer = buffer.subarray(at + size);
  }
}

/** A key and a certificate for this run, signed by an authority made for it. */
function certificate(folder) {
  const file = (name) => join(folder, name);
  const make = (name, ...more) => execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
    "-nodes", "-days", "2", "-keyout", file(`${name}.key`), "-out", file(`${name}.crt`), "-subj", `/CN=Staytuned tests ${name}`,
    ...more.flatMap((extension) => (extension.startsWith("-") || extension.includes("/") ? [extension] : ["-addext", extension]))],
  { stdio: "ignore" });
  make("authority", "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign");
  const names = [...HOSTS, "localhost"].map((host) => `DNS:${host}`).join(",");
  make("service", "-CA", file("authority.crt"), "-CAkey", file("authority.key"), "basicConstraints=critical,CA:FALSE",
    `subjectAltName=${names},IP:127.0.0.1`, "extendedKeyUsage=serverAuth");
  return { path: file("authority.crt"), key: readFileSync(file("service.key")), cert: readFileSync(file("service.crt")) };
}

const listen = (server) => new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server.address().port)));
async function whole(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** Starts the service: `{ flags, hosts, authority, connected, posted, close }`. */
export async function google(folder) {
  const registrations = new Map(); // token -> { app, subtype, sender, gone }
  const posted = []; // statuses that senders got
  const device = { id: 4503599627370497n + BigInt(randomInt(1e9)), secret: 9007199254740993n };
  let line = null; // the open connection
  let waiting = []; // { topic, token, stanza }
  const { path: authority, key, cert } = certificate(folder);

  const registrar = http(async (request, response) => {
    const body = await whole(request);
    if (request.url.startsWith("/checkin")) {
      const answer = Buffer.concat([int(1, 1), int(3, Date.now()), fixed64(7, device.id), fixed64(8, device.secret)]);
      return response.writeHead(200, { "content-type": "application/x-protobuf" }).end(answer);
    }
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    const same = [...registrations].find(([, one]) => one.app === form.app && one.subtype === form["X-subtype"] && !one.gone);
    if (form.delete === "true") {
      if (same) same[1].gone = true;
      return response.writeHead(200, { "content-type": "text/plain" }).end(`deleted=${form.app}`);
    }
    const token = same?.[0] ?? `${randomBytes(8).toString("hex")}:APA91b${randomBytes(24).toString("base64url")}`;
    registrations.set(token, { app: form.app, subtype: form["X-subtype"], sender: form.sender, gone: false });
    response.writeHead(200, { "content-type": "text/plain" }).end(`token=${token}`);
  });

  /** The status for a posted message, which is sent on when it is 201. */
  function take(request, body) {
    const token = decodeURIComponent(request.url.split("/").at(-1));
    const registration = registrations.get(token);
    if (!registration) return 404;
    if (registration.gone) return 410;
    const { ttl, topic, authorization, "content-encoding": encoding } = request.headers;
    if (!authorization) return 401;
    if (!/^\d+$/.test(ttl ?? "") || encoding !== "aes128gcm" || body.length > LARGEST) return 400;
    const extra = (name, value) => bytes(7, Buffer.concat([bytes(1, name), bytes(2, value)]));
    const stanza = Buffer.concat([
      bytes(3, registration.sender), bytes(5, registration.app), extra("subtype", registration.subtype ?? registration.app),
      extra("content-encoding", encoding), bytes(9, `0:${randomBytes(8).toString("hex")}`), int(17, Number(ttl)),
      int(18, Date.now()), bytes(21, body),
    ]);
    if (line) line.write(frame(TAG.message, stanza));
    else waiting = [...waiting.filter((old) => !topic || old.topic !== topic || old.token !== token), { topic, token, stanza }];
    return 201;
  }

  const endpoint = https({ key, cert }, async (request, response) => {
    const body = await whole(request);
    const status = request.method === "POST" ? take(request, body) : 405;
    posted.push(status);
    response.writeHead(status, status === 201 ? { location: "/message" } : {}).end();
  });

  const connected = tls({ key, cert }, (socket) => {
    let buffer = Buffer.alloc(0), greeted = false;
    socket.on("error", () => socket.destroy());
    socket.on("close", () => line === socket && (line = null));
    socket.on("data", (data) => {
      buffer = Buffer.concat([buffer, data]);
      if (!greeted && buffer.length) [greeted, buffer] = [true, buffer.subarray(1)];
      const [whole, rest] = frames(buffer);
      buffer = rest;
      for (const { tag } of whole) {
        if (tag === TAG.heartbeat) socket.write(frame(TAG.heartbeatAck));
        if (tag === TAG.close) socket.end();
        if (tag !== TAG.login) continue;
        line = socket;
        const answer = Buffer.concat([bytes(1, "1"), int(5, 0), int(6, 0), int(8, Date.now())]);
        socket.write(Buffer.concat([Buffer.from([MCS_VERSION]), frame(TAG.loginAnswer, answer)]));
        for (const { stanza } of waiting.splice(0)) socket.write(frame(TAG.message, stanza));
      }
    });
  });

  const ports = { registrar: await listen(registrar), endpoint: await listen(endpoint), line: await listen(connected) };
  return {
    flags: [
      `--gcm-checkin-url=http://127.0.0.1:${ports.registrar}/checkin`,
      `--gcm-registration-url=http://127.0.0.1:${ports.registrar}/register3`,
      `--gcm-mcs-endpoint=https://127.0.0.1:${ports.line}`,
      "--ignore-certificate-errors",
    ],
    hosts: HOSTS.map((host) => `${host}=127.0.0.1:${ports.endpoint}`),
    authority,
    posted,
    close() {
      line?.destroy();
      for (const server of [registrar, endpoint, connected]) server.close();
      for (const server of [registrar, endpoint]) server.closeAllConnections();
    },
  };
}
