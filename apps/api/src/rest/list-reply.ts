import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { csvStream } from "./csv.ts";

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface ListReply<T> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Name of the exported file, without date and extension. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly format: "json" | "csv" | undefined;
  readonly readPage: (page: { readonly cursor: string | undefined; readonly limit: number }) => Promise<PageOf<T>>;
}

const exportPageRows = 200;

/** One page as JSON with a link to the next, or, when CSV is asked for, the whole of what the filter shows. */
export async function sendList<T extends object>(list: ListReply<T>): Promise<FastifyReply> {
  const { request, reply } = list;
  reply.header("vary", "Accept").header("cache-control", "no-store");
  if (isCsvAsked(request, list.format)) {
    const stream = await csvStream<T>(list.columns, (cursor) => list.readPage({ cursor, limit: exportPageRows }));
    return sendCsv(reply, list.name, stream);
  }
  const { items, nextCursor } = await list.readPage({ cursor: list.cursor, limit: list.limit });
  if (nextCursor !== null) reply.header("link", `<${nextUrl(request.url, nextCursor)}>; rel="next"`);
  return reply.send({ items, nextCursor });
}

/** By a link or by the header. */
export const isCsvAsked = (request: FastifyRequest, format: "json" | "csv" | undefined): boolean =>
  format === "csv" || (format === undefined && wantsCsv(request.headers.accept));

export const sendCsv = (reply: FastifyReply, name: string, csv: Readable): FastifyReply =>
  reply.type("text/csv; charset=utf-8").header("content-disposition", `attachment; filename="rollcall-${name}.csv"`).send(csv);

/** JSON unless CSV is asked for by name: a browser's wildcard stays with JSON. */
export const wantsCsv = (accept: string | undefined): boolean =>
  accept !== undefined && accept.split(",").some((part) => part.split(";")[0]?.trim().toLowerCase() === "text/csv");

export function nextUrl(url: string, cursor: string): string {
  const next = new URL(url, "http://localhost");
  next.searchParams.set("cursor", cursor);
  return `${next.pathname}${next.search}`;
}
