import { AppError } from "@rollcall/platform";

/** Keys and what opens them travel to a key service and back: not over a network without TLS. */
export function secureAddress(address: string, variable: string): URL {
  const given = URL.canParse(address) ? new URL(address) : null;
  const loopback = given !== null && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(given.hostname);
  if (given === null || (given.protocol !== "https:" && !(loopback && given.protocol === "http:")))
    throw new AppError("invalid_input", `${variable} must be an https address; http is for this machine only`);
  return given;
}

/** What a service said, for a message. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[^\x20-\x7e]+/g, " ")
    .trim()
    .slice(0, 160);
