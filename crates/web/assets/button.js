// The Stay tuned button for any site:
//   <script src="https://news.example/button.js" async></script>
//   <stay-tuned><a href="https://news.example/follow?url=https://your.example/article">Stay tuned</a></stay-tuned>
// The link inside works without this script; without a link the element makes one. Attributes: `url` (the article; else
// the page's canonical address), `label`, `count` (show how many follow, where the site says so). Nothing is loaded from
// anywhere but the script's own site, nothing is stored, and nothing is asked unless `count` is there.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const LOOK = `
    a{display:inline-flex;align-items:center;gap:.5em;min-height:2.75em;padding:.3em 1em;box-sizing:border-box;border-radius:4px;
      background:var(--stay-tuned-background,#9d1c1f);color:var(--stay-tuned-color,#fffaf0);font:600 .95em/1.2 system-ui,sans-serif;text-decoration:none}
    a:hover{text-decoration:underline}
    a:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}
    svg{width:1.1em;height:1.1em;fill:none;stroke:currentcolor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;flex:none}
    small{font-weight:400;font-size:.9em;opacity:.95}
    small:empty{display:none}`;

  const drawn = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  function bell() {
    const svg = drawn("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" });
    svg.append(drawn("path", { d: "M4 14h12l-1.500-2.500V8a4.500 4.500 0 0 0-9 0v3.500zM8.500 17a1.600 1.600 0 0 0 3 0" }));
    return svg;
  }

  class StayTuned extends HTMLElement {
    static observedAttributes = ["url", "label", "count"];

    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(LOOK);
      root.adoptedStyleSheets = [sheet];
      this.link = document.createElement("a");
      this.words = document.createElement("span");
      this.followers = document.createElement("small");
      this.link.append(bell(), this.words, this.followers);
      this.link.target = "_blank";
      this.link.rel = "noopener";
      this.link.addEventListener("click", (event) => this.open(event));
      root.append(this.link);
      this.draw();
    }

    attributeChangedCallback() {
      if (this.link) this.draw();
    }

    get page() {
      const canonical = document.querySelector('link[rel="canonical"]')?.href;
      return this.getAttribute("url") || canonical || location.href.split("#")[0];
    }

    draw() {
      this.link.href = `${home}/follow?url=${encodeURIComponent(this.page)}`;
      this.words.textContent = this.getAttribute("label") || "Stay tuned";
      if (this.hasAttribute("count")) this.ask();
    }

    async ask() {
      try {
        const answer = await fetch(`${home}/api/v1/story-for?url=${encodeURIComponent(this.page)}`, { credentials: "omit", referrerPolicy: "no-referrer" });
        const { followers } = answer.ok ? await answer.json() : {};
        this.followers.textContent = followers ? `${followers.toLocaleString()} ${followers === 1 ? "follower" : "followers"}` : "";
      } catch {
        this.followers.textContent = "";
      }
    }

    /** In a small window over the article; where that is not allowed, the link opens as links do. */
    open(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      const place = `popup,width=480,height=680,left=${Math.max(0, (screen.width - 480) / 2)},top=${Math.max(0, (screen.height - 680) / 2)}`;
      if (window.open(this.link.href, "staytuned", place)) event.preventDefault();
    }
  }

  if (!customElements.get("stay-tuned")) customElements.define("stay-tuned", StayTuned);
})();
