import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { proxy } from "./proxy.ts";

const headersOf = (): Headers => proxy(new NextRequest("http://localhost:4701/inventory")).headers;
const directivesOf = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
      const at = directive.indexOf(" ");
      return [directive.slice(0, at), directive.slice(at + 1)];
    }),
  );

it("lets a page load what is ours, no plugin, no other base, and nobody frame it", () => {
  const policy = directivesOf(headersOf());
  expect(Object.fromEntries([...policy].filter(([name]) => name !== "script-src" && name !== "style-src"))).toEqual({
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  });
  expect(policy.get("script-src")).toMatch(/^'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
});

it("names another nonce for each page", () => {
  const nonces = new Set([1, 2, 3].map(() => directivesOf(headersOf()).get("script-src")));
  expect(nonces.size).toBe(3);
});

it("tells no other site where somebody came from", () => {
  const headers = headersOf();
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});
