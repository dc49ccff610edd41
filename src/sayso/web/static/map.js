// The map of incidents: shapes of countries that lie beside this page, no tiles. What is known is drawn as an area as wide
// as the place is uncertain; many near each other are one circle with their number; whole countries are shaded.
import { shapes } from "./countries.js";

const L = window.L, topojson = window.topojson;
const FINE = 4, NEAREST = 11, SMALLEST = 13;
const WORLD = [[-56, -170], [72, 178]];

export function makeMap(box, show) {
  if (!L || !box) return null;
  const map = L.map(box, { minZoom: 1, maxZoom: NEAREST, zoomSnap: 0.5, worldCopyJump: true, maxBoundsViscosity: 0.8, maxBounds: [[-85, -400], [85, 400]] });
  map.attributionControl.setPrefix(false).addAttribution("Shapes: Natural Earth");
  const told = L.layerGroup(), chosen = L.layerGroup();
  let land = null, fine = false, counts = {}, asking = null, settled = false, moving = false, asIMove = false;

  async function drawLand(address) {
    const world = await (await fetch(address)).json();
    const made = L.geoJSON(whole(topojson.feature(world, world.objects.countries)), {
      style: () => ({ className: "land" }),
      onEachFeature: (feature, layer) => {
        layer.code = shapes.get(feature.id) || shapes.get(feature.properties.name);
        layer.name = feature.properties.name;
        layer.on("click", () => { if (counts[layer.code]) choose("country", layer.code); });
      },
    });
    land?.remove();
    land = made.addTo(map);
    land.bringToBack();
    shade();
  }

  // Incidents of which only the country is known shade all of it.
  function shade() {
    const most = Math.max(1, ...Object.values(counts));
    land?.eachLayer((layer) => {
      const path = layer.getElement(), count = counts[layer.code];
      layer.unbindTooltip();
      if (!path) return;
      path.classList.toggle("told", Boolean(count));
      path.classList.toggle("much", count > most / 3);
      for (const name of ["tabindex", "role", "aria-label"]) path.removeAttribute(name);
      if (!count) return;
      const words = `${layer.name}: ${many(count)} placed no nearer than the country`;
      layer.bindTooltip(words, { sticky: true });
      operable(path, words, () => choose("country", layer.code));
    });
  }

  function choose(name, value) {
    const query = new URLSearchParams(location.search);
    query.delete("after");
    if (query.getAll(name).includes(value)) query.delete(name, value);
    else query.append(name, value);
    show(`/incidents?${query}`);
  }

  function area(bounds) {
    const query = new URLSearchParams(location.search);
    query.delete("after");
    query.set("bbox", boxOf(bounds));
    show(`/incidents?${query}`);
  }

  async function points() {
    const query = new URLSearchParams(location.search);
    for (const name of ["after", "sort", "reverse", "limit"]) query.delete(name);
    const all = !settled;
    query.set("view", all ? "-180,-90,180,90" : boxOf(map.getBounds().pad(0.1)));
    query.set("zoom", all ? "2" : String(Math.round(map.getZoom())));
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(`/incidents/points.json?${query}`, { signal: asking.signal });
      return answer.ok ? await answer.json() : null;
    } catch { return null; }
  }

  async function update() {
    controls();
    const found = await points();
    if (!found) return;
    if (!settled) {
      settled = true;
      fit(found);
      return update();
    }
    counts = found.countries;
    shade();
    draw(found);
    frame();
  }

  // What lies below the map comes anew with each answer.
  function controls() {
    for (const control of document.querySelectorAll(".needs-map")) control.hidden = false;
    document.getElementById("as-i-move").checked = asIMove;
  }

  function fit(found) {
    const asked = new URLSearchParams(location.search).get("bbox")?.split(",").map(Number);
    const spots = asked ? [[asked[1], asked[0]], [asked[3], asked[2] < asked[0] ? asked[2] + 360 : asked[2]]] : found.points.map((p) => [p.lat, p.lon]);
    moving = true;
    map.fitBounds(spots.length ? L.latLngBounds(spots).pad(asked ? 0.05 : 0.2) : WORLD, { maxZoom: asked ? NEAREST : 6, animate: false });
    moving = false;
  }

  function draw(found) {
    const focused = document.activeElement?.getAttribute?.("aria-label"), inside = box.contains(document.activeElement);
    told.clearLayers();
    for (const point of found.points) (point.key ? single : cluster)(point);
    told.addTo(map);
    if (inside && focused) box.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    const placed = document.getElementById("placed");
    if (placed) placed.textContent = `${many(found.placed)} on the map${found.vague ? `, ${found.vague.toLocaleString()} known by country only (shaded)` : ""}${found.unplaced ? `, ${found.unplaced.toLocaleString()} without a known place` : ""}.`;
  }

  // Many: a circle with a number, which opens up; where all lie on one point, they are listed below.
  function cluster(point) {
    const size = Math.round(26 + Math.min(26, 7 * Math.log10(point.count) + 4));
    const html = document.createElement("span");
    html.textContent = point.count.toLocaleString();
    const icon = L.divIcon({ html, className: "cluster", iconSize: [size, size] });
    const [west, south, east, north] = point.box, alike = west === east && south === north;
    const words = `${many(point.count)} here: ${alike ? "list them" : "look closer"}`;
    const marker = L.marker([point.lat, point.lon], { icon, keyboard: true, alt: words, riseOnHover: true });
    const bounds = L.latLngBounds([south, west], [north, east]);
    const open = () => {
      if (alike || map.getZoom() >= NEAREST) area(L.latLngBounds([south - 0.002, west - 0.002], [north + 0.002, east + 0.002]));
      else map.fitBounds(bounds, { maxZoom: NEAREST, padding: [30, 30] });
    };
    marker.on("click", open).bindTooltip(words).addTo(told);
    operable(marker.getElement() ?? marker, words, open, marker);
  }

  // One: as wide as it is uncertain; where that is too small to see, a dashed ring of fixed size stands for it.
  function single(point) {
    const far = point.radius / 1000, words = `${point.words}, within some ${far.toLocaleString()} km`;
    const at = [point.lat, point.lon], pixels = (point.radius / 40075016) * 256 * 2 ** map.getZoom() / Math.max(0.1, Math.cos((point.lat * Math.PI) / 180));
    const circle = L.circle(at, { radius: point.radius, className: "area" });
    const popup = document.createElement("div"), link = document.createElement("a");
    link.href = `/incident/${encodeURIComponent(point.key)}`;
    link.textContent = point.words;
    const lines = [link, `Within some ${far.toLocaleString()} km of here, as far as is told`].map((line) => { const p = document.createElement("p"); p.append(line); return p; });
    popup.append(...lines);
    const open = () => L.popup().setLatLng(at).setContent(popup).openOn(map);
    circle.on("click", open).bindTooltip(words, { sticky: true }).addTo(told);
    if (pixels < SMALLEST) {
      const html = document.createElement("span");
      html.textContent = "1";
      const marker = L.marker(at, { icon: L.divIcon({ html, className: "cluster one", iconSize: [26, 26] }), keyboard: true, alt: words });
      marker.on("click", open).bindTooltip(words).addTo(told);
      operable(marker.getElement() ?? marker, words, open, marker);
    } else operable(circle.getElement(), words, open, circle);
  }

  function operable(element, words, open, layer) {
    const make = (el) => {
      if (!el) return;
      el.setAttribute("tabindex", "0");
      el.setAttribute("role", "button");
      el.setAttribute("aria-label", words);
      el.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); open(); } };
    };
    if (element instanceof Element) make(element);
    else if (layer) layer.once("add", () => make(layer.getElement()));
  }

  function frame() {
    chosen.clearLayers();
    const asked = new URLSearchParams(location.search).get("bbox")?.split(",").map(Number);
    if (!asked) return;
    const east = asked[2] < asked[0] ? asked[2] + 360 : asked[2];
    L.rectangle([[asked[1], asked[0]], [asked[3], east]], { className: "box", interactive: false }).addTo(chosen);
    chosen.addTo(map);
  }

  map.on("moveend", () => {
    if (!settled || moving) return;
    if (map.getZoom() >= FINE && !fine) { fine = true; drawLand(box.dataset.fine).catch(() => {}); }
    if (asIMove) area(map.getBounds());
    else update();
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("#search-area")) area(map.getBounds()); });
  document.addEventListener("change", (event) => { 
    if (event.target.id !== "as-i-move") return;
    asIMove = event.target.checked;
    if (asIMove) area(map.getBounds());
  });

  map.fitBounds(WORLD, { animate: false });
  drawLand(box.dataset.land).then(update, update).then(() => { if (map.getZoom() >= FINE && !fine) { fine = true; drawLand(box.dataset.fine).catch(() => {}); } });
  return { update };
}

// A shape that crosses the date line goes on beyond it, instead of back around the world; only the Antarctic is round.
function whole(collection) {
  const unrolled = (ring) => {
    let last = ring[0][0];
    return ring.map(([x, y]) => {
      while (x - last > 180) x -= 360;
      while (last - x > 180) x += 360;
      last = x;
      return [x, y];
    });
  };
  for (const { id, geometry } of collection.features) {
    if (!geometry || id === "010") continue;
    if (geometry.type === "Polygon") geometry.coordinates = geometry.coordinates.map(unrolled);
    if (geometry.type === "MultiPolygon") geometry.coordinates = geometry.coordinates.map((rings) => rings.map(unrolled));
  }
  return collection;
}

function many(number) { return `${number.toLocaleString()} ${number === 1 ? "incident" : "incidents"}`; }

// West, south, east, north, brought back onto the globe.
function boxOf(bounds) {
  let west = bounds.getWest(), east = bounds.getEast();
  if (east - west >= 360) { west = -180; east = 180; }
  const turn = (degrees) => (Math.abs(degrees) <= 180 ? degrees : ((((degrees + 180) % 360) + 360) % 360) - 180);
  const high = (degrees) => Math.max(-90, Math.min(90, degrees));
  return [turn(west), high(bounds.getSouth()), turn(east), high(bounds.getNorth())].map((degrees) => Number(degrees.toFixed(3))).join(",");
}
