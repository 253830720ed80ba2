import { exitCodes, usageError } from "./exit-codes.mjs";

const lists = new Set(["identities", "credentials", "findings", "tasks"]);
export const nouns = [...lists, "posture"];
const pageSize = 200;

/** Writes one noun to stdout: a JSON array (posture: an object), or CSV. */
export async function exportData({ client, noun, format, write }) {
  if (!nouns.includes(noun))
    throw usageError(noun === undefined ? `Name what to export: ${nouns.join(", ")}.` : `There is nothing named "${noun}" to export.`);
  if (!["json", "csv"].includes(format)) throw usageError(`--format ${format} is neither json nor csv.`);
  if (noun === "posture") await exportPosture(client, format, write);
  else if (format === "csv") await exportCsv(client, noun, write);
  else await exportJson(client, noun, write);
  return exitCodes.ok;
}

/** Page by page, so that memory does not grow with the inventory. */
async function exportJson(client, noun, write) {
  let separator = "[\n";
  let cursor = null;
  do {
    const page = await client.json(`/api/v1/${noun}?limit=${pageSize}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`);
    for (const item of page.items) {
      await write(`${separator}${JSON.stringify(item)}`);
      separator = ",\n";
    }
    if (page.nextCursor !== null && page.nextCursor === cursor) throw new Error("the server repeats a page");
    cursor = page.nextCursor;
  } while (cursor !== null);
  await write(separator === "[\n" ? "[]\n" : "\n]\n");
}

async function exportCsv(client, noun, write) {
  const response = await client.send(`/api/v1/${noun}`, { headers: { accept: "text/csv" } });
  const decoder = new TextDecoder();
  for await (const chunk of response.body) await write(decoder.decode(chunk, { stream: true }));
  await write(decoder.decode());
}

async function exportPosture(client, format, write) {
  const posture = await client.json("/api/v1/posture");
  if (format === "json") return write(`${JSON.stringify(posture, null, 2)}\n`);
  const rows = [
    ["id", "label", "value", "unit", "target"],
    ["score", "Posture score", posture.score, "", ""],
    ["completeness", "Data completeness", posture.completeness, "", ""],
    ["identities", "Identities", posture.identities, "count", ""],
    ...Object.entries(posture.openFindings).map(([severity, count]) => [
      `open-${severity}`,
      `Open findings, ${severity}`,
      count,
      "count",
      "",
    ]),
    ...posture.kpis.map(({ id, label, value, unit, target }) => [id, label, value, unit, target]),
  ];
  return write(rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join(""));
}

/** RFC 4180; text a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
