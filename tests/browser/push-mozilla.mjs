// Mozilla's push service for tests: the websocket that Firefox speaks, and the endpoint that a sender posts to.
// In: browsers on ws://HOST/, senders on POST /push/CHANNEL. Out: acknowledgements in `acks`. It keeps everything in
// memory and never checks signatures; whether a message could be decrypted is what the browser's ack code says.
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { WebSocketServer } from 'ws';

const LARGEST = 4096;
const TOPIC = /^[A-Za-z0-9_-]{1,32}$/;

/** Starts the service on a free loopback port; `{ url, ws, acks, posted, tamper, close }`. Ack code 100 is shown, 101 not decrypted;
 * while `tamper` is true, one bit of each message is turned over on its way. */
export async function mozilla() {
  const channels = new Map(); // channel -> { uaid, gone }
  const queues = new Map(); // uaid -> messages that were not acknowledged
  const online = new Map(); // uaid -> socket
  const acks = [];
  const posted = []; // statuses that senders got
  const service = { tamper: false };
  const tell = (socket, message) => socket.send(JSON.stringify(message));

  function offer(uaid, message) {
    const socket = online.get(uaid);
    if (socket) tell(socket, message.frame);
    if (!socket && message.ttl === 0) return;
    const others = queues.get(uaid).filter((old) =>
      !message.topic || old.topic !== message.topic || old.frame.channelID !== message.frame.channelID);
    queues.set(uaid, [...others, message]);
  }

  const answers = {
    hello(socket, asked) {
      socket.uaid = queues.has(asked.uaid) ? asked.uaid : randomBytes(16).toString('hex');
      if (!queues.has(socket.uaid)) queues.set(socket.uaid, []);
      online.set(socket.uaid, socket);
      tell(socket, { messageType: 'hello', uaid: socket.uaid, status: 200, use_webpush: true, broadcasts: {} });
      const waiting = queues.get(socket.uaid).filter((message) => message.until > Date.now());
      queues.set(socket.uaid, waiting);
      for (const message of waiting) tell(socket, message.frame);
    },
    register(socket, { channelID }) {
      channels.set(channelID, { uaid: socket.uaid, gone: false });
      tell(socket, { messageType: 'register', channelID, status: 200, pushEndpoint: `${url}push/${channelID}` });
    },
    unregister(socket, { channelID }) {
      if (channels.has(channelID)) channels.get(channelID).gone = true;
      tell(socket, { messageType: 'unregister', channelID, status: 200 });
    },
    ack(socket, { updates = [] }) {
      acks.push(...updates);
      const done = new Set(updates.map((update) => update.version));
      queues.set(socket.uaid, queues.get(socket.uaid).filter((message) => !done.has(message.frame.version)));
    },
  };

  /** The status for a posted message, which is offered when it is 201. */
  function take(request, body) {
    const channelID = request.url.replace('/push/', '');
    const channel = channels.get(channelID);
    if (!channel) return 404;
    if (channel.gone) return 410;
    const { ttl, topic, authorization, 'content-encoding': encoding } = request.headers;
    if (!authorization) return 401;
    if (!/^\d+$/.test(ttl ?? '') || (topic !== undefined && !TOPIC.test(topic))) return 400;
    if (body.length > LARGEST) return 413;
    if (body.length && encoding !== 'aes128gcm') return 400;
    const frame = { messageType: 'notification', channelID, version: randomBytes(12).toString('hex') };
    if (service.tamper) body[body.length - 1] ^= 1;
    if (body.length) Object.assign(frame, { data: body.toString('base64url'), headers: { encoding } });
    offer(channel.uaid, { frame, topic, ttl: Number(ttl), until: Date.now() + Number(ttl) * 1000 });
    return 201;
  }

  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const status = request.method === 'POST' ? take(request, Buffer.concat(parts)) : 405;
    posted.push(status);
    response.writeHead(status, status === 201 ? { location: `${url}message`, ttl: request.headers.ttl } : {}).end();
  });
  const sockets = new WebSocketServer({ server, maxPayload: 64 << 10 });
  sockets.on('connection', (socket) => {
    socket.on('message', (text) => {
      const asked = JSON.parse(text);
      if (!asked.messageType) tell(socket, {});
      else if (Object.hasOwn(answers, asked.messageType)) answers[asked.messageType](socket, asked);
    });
    socket.on('close', () => online.get(socket.uaid) === socket && online.delete(socket.uaid));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${server.address().port}/`;
  function close() {
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  }
  Object.assign(service, { url, ws: url.replace('http', 'ws'), acks, posted, close });
  return service;
}
