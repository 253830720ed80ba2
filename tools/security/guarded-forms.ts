import type { WapitiFinding } from "./wapiti-report.ts";

/**
 * wapiti takes any form without a token for one that others may send. Whether they can is asked of the instance: the form is sent as another site
 * would make a browser send it, with the session and without our origin. What is refused then changes nothing.
 */
export async function isRefusedFromElsewhere(finding: WapitiFinding, url: string, cookie: string): Promise<boolean> {
  if (!/request forgery/i.test(finding.category) || finding.method !== "POST") return false;
  const response = await fetch(`${url}${finding.path}`, {
    method: "POST",
    headers: { cookie, origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email: "somebody@elsewhere.example", password: "something" }),
    redirect: "manual",
  });
  return [403, 404, 405, 415].includes(response.status);
}
