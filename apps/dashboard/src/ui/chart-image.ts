/** What gives an SVG its look when it stands alone, without the style sheets of the page. */
const LOOK = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "font-size",
  "font-weight",
  "text-anchor",
  "color",
] as const;
const TITLE_HEIGHT = 40;
const PADDING = 20;
/** Sharp on screens and slides of twice the resolution. */
const SCALE = 2;
/** Fonts of the page cannot be loaded inside a picture. */
const FONT = "system-ui, sans-serif";

function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll("*")];
  for (const [index, element] of [copy, ...copy.querySelectorAll("*")].entries()) {
    const original = originals[index];
    if (!original) continue;
    const style = getComputedStyle(original);
    element.setAttribute("style", LOOK.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
    element.removeAttribute("class");
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("font-family", FONT);
  return new XMLSerializer().serializeToString(copy);
}

/** The chart with its sentence above it, as a PNG in the colours of the theme. */
async function chartImage(svg: SVGSVGElement, title: string): Promise<Blob> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await picture.decode();
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = (width + PADDING * 2) * SCALE;
  canvas.height = (height + TITLE_HEIGHT + PADDING * 2) * SCALE;
  const draw = canvas.getContext("2d");
  if (!draw) throw new Error("This browser cannot draw the chart as an image.");
  const page = getComputedStyle(document.documentElement);
  draw.scale(SCALE, SCALE);
  draw.fillStyle = page.backgroundColor;
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.fillStyle = page.color;
  draw.font = `600 16px ${FONT}`;
  draw.fillText(title, PADDING, PADDING + 16, width);
  draw.drawImage(picture, PADDING, PADDING + TITLE_HEIGHT, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot draw the chart as an image."))), "image/png");
  });
}

function download(image: Blob, name: string): void {
  const url = URL.createObjectURL(image);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}.png`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Into the clipboard, or as a file where the browser does not let a page write images there (plain http, for one). */
export async function copyChart(svg: SVGSVGElement, title: string, name: string): Promise<"copied" | "downloaded"> {
  const image = chartImage(svg, title);
  try {
    // The promise goes in as it is: Safari lets a page write only within the click itself.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    return "copied";
  } catch {
    download(await image, name);
    return "downloaded";
  }
}
