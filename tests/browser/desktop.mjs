// A desktop for a browser with windows: a screen that nobody looks at, a message bus of its own, and the notification
// service of the freedesktop.org specification, which keeps what it was asked to show and presses what it is told to.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import dbus from "dbus-next";
import { until } from "./rig.mjs";

const { Interface } = dbus.interface;

/** https://specifications.freedesktop.org/notification-spec/latest/protocol.html */
class Notifications extends Interface {
  shown = new Map();
  #last = 0;

  constructor() {
    super("org.freedesktop.Notifications");
  }
  GetCapabilities() {
    return ["actions", "body", "persistence"];
  }
  GetServerInformation() {
    return ["tests", "staytuned", "1", "1.2"];
  }
  Notify(_application, replaces, _icon, title, body, actions) {
    const id = replaces || ++this.#last;
    this.shown.set(id, { id, title, body, actions });
    return id;
  }
  CloseNotification(id) {
    if (this.shown.delete(id)) this.NotificationClosed(id, 3);
  }
  ActionInvoked(id, action) {
    return [id, action];
  }
  NotificationClosed(id, reason) {
    return [id, reason];
  }
}
Notifications.configureMembers({
  methods: {
    GetCapabilities: { outSignature: "as" },
    GetServerInformation: { outSignature: "ssss" },
    Notify: { inSignature: "susssasa{sv}i", outSignature: "u" },
    CloseNotification: { inSignature: "u" },
  },
  signals: { ActionInvoked: { signature: "us" }, NotificationClosed: { signature: "uu" } },
});

/** A process of the desktop, and the first line that it writes to `descriptor`. */
async function begin(command, args, descriptor) {
  const stdio = ["ignore", "ignore", "ignore", "ignore"];
  stdio[descriptor] = "pipe";
  const process = spawn(command, args, { stdio });
  const failed = new Promise((_, reject) => process.once("error", reject));
  const line = new Promise((found) => createInterface({ input: process.stdio[descriptor] }).once("line", found));
  return { process, line: await Promise.race([line, failed]) };
}

/** Opens the desktop: `env` is for the browser. */
export async function desktop() {
  const screen = await begin("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], 3);
  const bus = await begin("dbus-daemon", ["--session", "--nofork", "--print-address=3"], 3);
  const line = dbus.sessionBus({ busAddress: bus.line });
  const service = new Notifications();
  line.export("/org/freedesktop/Notifications", service);
  await line.requestName("org.freedesktop.Notifications", 0);
  return {
    env: { ...process.env, DISPLAY: `:${screen.line}`, DBUS_SESSION_BUS_ADDRESS: bus.line },
    /** The one notification whose title or body holds one of `words`. */
    notified: (words) => until(`a notification with ${words}`, () => {
      const all = [...service.shown.values()];
      return all.find(({ title, body }) => words.some((some) => title.includes(some) || body.includes(some)));
    }),
    count: () => service.shown.size,
    /** Presses a notification, or the action of that name on it. */
    press({ id, actions }, name) {
      const named = name ? actions[actions.indexOf(name) - 1] : "default";
      service.ActionInvoked(id, named);
    },
    close() {
      line.disconnect();
      for (const { process } of [bus, screen]) process.kill();
    },
  };
}
