import Bowser from "bowser";

export interface BrowserWords {
  /** "Firefox 128"; null when the browser said nothing that we know. */
  readonly browser: string | null;
  /** "macOS"; null likewise. */
  readonly system: string | null;
}

/** Longer than any browser's own: what follows is not looked at. */
const longest = 512;

/** What a browser says of itself, in words. Anybody can send anything: it helps to recognise a session, and proves nothing. */
export function browserWords(userAgent: string | null): BrowserWords {
  if (userAgent === null || userAgent.trim() === "") return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent.slice(0, longest));
  const major = browser.version?.split(".")[0];
  return {
    browser: browser.name ? [browser.name, major].filter(Boolean).join(" ") : null,
    system: os.name || null,
  };
}
