// The same message by npm's web-push: request details (encryption and token) for as many devices as two seconds allow.
const webpush = require('web-push');
const crypto = require('crypto');

const keys = webpush.generateVAPIDKeys();
webpush.setVapidDetails('mailto:desk@news.example', keys.publicKey, keys.privateKey);
const text = 'x'.repeat(600);
const devices = Array.from({ length: 200 }, (_, n) => {
  const pair = crypto.createECDH('prime256v1');
  return {
    endpoint: `https://push.example/send/${n}`,
    keys: {
      p256dh: pair.generateKeys().toString('base64url'),
      auth: crypto.randomBytes(16).toString('base64url'),
    },
  };
});
const begun = process.cpuUsage();
let made = 0;
let spent = 0;
while (spent < 2e6) {
  webpush.generateRequestDetails(devices[made % devices.length], text);
  made += 1;
  const used = process.cpuUsage(begun);
  spent = used.user + used.system;
}
console.log(made / (spent / 1e6));
