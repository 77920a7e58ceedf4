// A small line chart in SVG: areas and lines over years, with round numbers on the axes.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { top: 10, right: 12, bottom: 24, left: 56 };

/**
 * Draws a chart into an `<svg>` element.
 *
 * `areas` have a list of `[x, low, high]`, `lines` a list of `[x, y]`, each with the class that gives its colour;
 * `marks` are vertical lines with a label. All x are years, all y are money.
 */
export function draw(svg, { areas = [], lines = [], marks = [] }) {
  const { width, height } = svg.getBoundingClientRect();
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.replaceChildren();

  const points = [...areas.flatMap((area) => area.points), ...lines.flatMap((line) => line.points)];
  const years = Math.max(1, ...points.map(([x]) => x));
  const ticks = roundTicks(Math.max(1, ...points.flatMap(([, ...values]) => values)), 4);
  const top = ticks.at(-1);
  const x = (year) => MARGIN.left + (year / years) * (width - MARGIN.left - MARGIN.right);
  const y = (value) => height - MARGIN.bottom - (value / top) * (height - MARGIN.top - MARGIN.bottom);
  const path = (list) => list.map(([year, value], index) => `${index ? "L" : "M"}${x(year)} ${y(value)}`).join("");
  const add = (name, attributes, text = "") => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    svg.append(element);
  };

  for (const tick of ticks) {
    add("line", { class: "grid", x1: MARGIN.left, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) });
    add("text", { x: MARGIN.left - 8, y: y(tick) + 4, "text-anchor": "end" }, shortMoney(tick));
  }
  for (const tick of roundTicks(years, width / 90).filter((tick) => tick <= years)) {
    add("text", { x: x(tick), y: height - 4, "text-anchor": "middle" }, tick === 0 ? "today" : `${tick} y`);
  }
  for (const area of areas) {
    const upper = area.points.map(([year, , high]) => [year, high]);
    const lower = area.points.map(([year, low]) => [year, low]).reverse();
    add("path", { class: area.class, d: `${path([...upper, ...lower])}Z` });
  }
  for (const line of lines) add("path", { class: line.class, d: path(line.points) });
  for (const { year, label } of marks) {
    add("line", { class: "mark", x1: x(year), x2: x(year), y1: MARGIN.top, y2: y(0) });
    add("text", { x: x(year) + 5, y: MARGIN.top + 10 }, label);
  }
}

/** Multiples of 1, 2 or 5 times a power of ten from 0 up to or just above `limit`, about `count` of them. */
function roundTicks(limit, count) {
  const rough = limit / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].find((factor) => factor * power >= rough) * power, Number.MIN_VALUE);
  return Array.from({ length: Math.ceil(limit / step) + 1 }, (_, index) => index * step);
}

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

function shortMoney(value) {
  return `$${compact.format(value)}`;
}

const exact = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** An exact decimal as money; the formatter takes the string itself, so no cent is lost. */
export function money(decimal) {
  return exact.format(decimal);
}
