// Maps: drag or arrows to move, wheel with Ctrl, two fingers, + and - or the buttons to look closer. Without this script a map is a picture.
// Listens on the page, since a live page replaces its parts.

const MOST = 8;
const states = new WeakMap();

function stateOf(svg) {
  let state = states.get(svg);
  if (!state) {
    const { width, height } = svg.viewBox.baseVal;
    state = { width, height, x: 0, y: 0, zoom: 1 };
    states.set(svg, state);
  }
  return state;
}

function show(svg, state) {
  const [width, height] = [state.width / state.zoom, state.height / state.zoom];
  // As much again as the picture was drawn for on each side.
  state.x = Math.min(Math.max(state.x, -state.width / 2), state.width * 1.5 - width);
  state.y = Math.min(Math.max(state.y, -state.height / 2), state.height * 1.5 - height);
  svg.setAttribute("viewBox", `${state.x} ${state.y} ${width} ${height}`);
  for (const place of svg.querySelectorAll("a.place")) {
    place.setAttribute("transform", `translate(${place.dataset.x} ${place.dataset.y}) scale(${1 / state.zoom})`);
  }
}

// Looks `factor` times closer; the point `at` (in parts of the picture) stays where it is.
function closer(svg, factor, at = { x: 0.5, y: 0.5 }) {
  const state = stateOf(svg);
  const zoom = Math.min(Math.max(state.zoom * factor, 1), MOST);
  state.x += at.x * state.width * (1 / state.zoom - 1 / zoom);
  state.y += at.y * state.height * (1 / state.zoom - 1 / zoom);
  state.zoom = zoom;
  show(svg, state);
}

function inParts(svg, event) {
  const box = svg.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
}

const shown = (figure) => [...figure.querySelectorAll("svg.map")].find((svg) => svg.getClientRects().length);

function dress(figure) {
  const tools = document.createElement("p");
  tools.className = "zoom";
  for (const [sign, name, factor] of [["+", "Closer", 1.6], ["−", "Farther", 1 / 1.6], ["⟲", "Whole map", 0]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => {
      const svg = shown(figure);
      if (!svg) return;
      if (factor) closer(svg, factor);
      else { Object.assign(stateOf(svg), { x: 0, y: 0, zoom: 1 }); show(svg, stateOf(svg)); }
    });
    tools.append(button);
  }
  figure.prepend(tools);
}

function dressAll() {
  for (const figure of document.querySelectorAll("figure[data-map]")) {
    if (!figure.querySelector(".zoom")) dress(figure);
  }
}

const fingers = new Map();
let drag = null;

addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("svg.map");
  if (!svg || event.button) return;
  fingers.set(event.pointerId, event);
  drag = { svg, x: event.clientX, y: event.clientY, moved: false };
});
addEventListener("pointermove", (event) => {
  if (!drag || !fingers.has(event.pointerId)) return;
  const before = spread();
  fingers.set(event.pointerId, event);
  if (fingers.size === 2) {
    if (before) closer(drag.svg, spread() / before, inParts(drag.svg, event));
    drag.moved = true;
    return;
  }
  const state = stateOf(drag.svg);
  // A page that is scrolled by touch must not move its map instead; once looked closer, it may.
  if (event.pointerType === "touch" && state.zoom === 1) return;
  const box = drag.svg.getBoundingClientRect();
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (!drag.moved && Math.hypot(dx, dy) < 4) return;
  state.x -= (dx / box.width) * (state.width / state.zoom);
  state.y -= (dy / box.height) * (state.height / state.zoom);
  Object.assign(drag, { x: event.clientX, y: event.clientY, moved: true });
  show(drag.svg, state);
});
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) setTimeout(() => { drag = null; });
  });
}
// What was a drag is no press on a place.
addEventListener("click", (event) => { if (drag?.moved) event.preventDefault(); }, true);
addEventListener("dragstart", (event) => { if (event.target.closest?.("svg.map")) event.preventDefault(); });
addEventListener("wheel", (event) => {
  const svg = event.target.closest?.("svg.map");
  if (!svg || !event.ctrlKey) return;
  event.preventDefault();
  closer(svg, Math.exp(-event.deltaY / 300), inParts(svg, event));
}, { passive: false });

// Within a map the arrows move what was looked closer at, plus and minus look closer and farther, 0 shows the whole.
addEventListener("keydown", (event) => {
  const figure = event.target.closest?.("figure[data-map]");
  const svg = figure && shown(figure);
  if (!svg || event.ctrlKey || event.metaKey || event.altKey) return;
  const state = stateOf(svg);
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (step && state.zoom > 1) {
    state.x += (step[0] * state.width) / state.zoom / 8;
    state.y += (step[1] * state.height) / state.zoom / 8;
    show(svg, state);
  } else if (event.key === "+" || event.key === "=") closer(svg, 1.6);
  else if (event.key === "-") closer(svg, 1 / 1.6);
  else if (event.key === "0") { Object.assign(state, { x: 0, y: 0, zoom: 1 }); show(svg, state); }
  else return;
  event.preventDefault();
});

function spread() {
  const [a, b] = [...fingers.values()];
  return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
}

dressAll();
new MutationObserver(dressAll).observe(document.getElementById("main"), { childList: true, subtree: true });
