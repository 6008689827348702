// Trace: the picture as a canvas to move about in. All that it tells stands in the tables too.

const figure = document.getElementById("picture");
const explore = document.getElementById("explore");
const still = figure.querySelector("svg");
const moving = figure.querySelector(".moving");
const zoom = figure.querySelector(".zoom");
const READABLE = 0.8;
let view = null;

function colours() {
  const told = getComputedStyle(document.documentElement);
  const of = (name) => told.getPropertyValue(name).trim();
  return { ink: of("--ink"), soft: of("--soft"), paper: of("--paper"), accent: of("--accent") };
}

function style() {
  const { ink, soft, paper, accent } = colours();
  const font = getComputedStyle(explore).fontFamily;
  return [
    { selector: "node", style: {
      shape: "round-rectangle", width: 150, height: "data(height)", "background-color": paper,
      "border-width": 1.25, "border-color": ink, color: ink, label: "data(name)",
      "font-family": font, "font-size": 12, "font-weight": 600, "text-valign": "center",
      "text-wrap": "wrap", "text-max-width": 144, "min-zoomed-font-size": 5 } },
    { selector: "node[?end]", style: { "border-width": 4, "border-style": "double" } },
    { selector: "edge", style: {
      width: 1.25, "line-color": soft, "target-arrow-color": soft, "target-arrow-shape": "triangle",
      "curve-style": "bezier", label: "data(role)", "font-family": font, "font-size": 10, color: ink,
      "text-background-color": paper, "text-background-opacity": 1, "min-zoomed-font-size": 7 } },
    { selector: "edge[?weakest]", style: { "line-style": "dashed" } },
    { selector: ".chosen", style: { "line-color": accent, "target-arrow-color": accent, "border-color": accent, width: 3 } },
    { selector: "node.chosen", style: { width: 150, "border-width": 3 } },
  ];
}

function elements({ nodes, links }) {
  return [
    ...nodes.map(({ x, y, ...data }) => ({ data, position: { x, y } })),
    ...links.map((data) => ({ data })),
  ];
}

function openDrawer(id) {
  const drawer = document.getElementById(id);
  if (!drawer) return;
  drawer.open = true;
  drawer.querySelector("summary").focus();
  drawer.scrollIntoView({ block: "center" });
}

async function draw() {
  const { default: cytoscape } = await import(explore.dataset.engine);
  const graph = JSON.parse(figure.dataset.graph);
  const isLarge = graph.nodes.length > 200;
  view = cytoscape({
    container: moving,
    elements: elements(graph),
    style: style(),
    layout: { name: "preset", padding: 20 },
    userZoomingEnabled: false, // the wheel goes on turning the page
    hideEdgesOnViewport: isLarge,
    textureOnViewport: isLarge,
  });
  if (!isLarge && view.zoom() < READABLE) {
    // Too small to read: begin at the upper end, and let the reader move on.
    view.zoom(READABLE);
    view.center();
    view.pan({ x: view.pan().x, y: 20 - view.elements().boundingBox().y1 * READABLE });
  }
  view.on("tap", "edge", (event) => {
    view.elements().removeClass("chosen");
    event.target.addClass("chosen");
    openDrawer(event.target.data("hop"));
  });
  view.on("tap", "node", (event) => {
    view.elements().removeClass("chosen");
    event.target.closedNeighborhood().addClass("chosen");
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view.style(style()));
  figure.dataset.ready = "yes";
}

function toggle() {
  const isMoving = moving.hidden;
  moving.hidden = !isMoving;
  zoom.hidden = !isMoving;
  still.toggleAttribute("hidden", isMoving);
  explore.setAttribute("aria-pressed", String(isMoving));
  if (isMoving && !view) draw();
}

function nearer(factor) {
  if (!view) return;
  if (factor === 0) view.fit(undefined, 20);
  else view.zoom({ level: view.zoom() * factor, renderedPosition: { x: view.width() / 2, y: view.height() / 2 } });
}

explore.hidden = false;
explore.addEventListener("click", toggle);
for (const button of zoom.querySelectorAll("button")) {
  button.addEventListener("click", () => nearer(Number(button.dataset.zoom)));
}
