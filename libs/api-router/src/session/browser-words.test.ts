import { expect, test } from "vitest";
import { browserWords } from "./browser-words.ts";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
    "Chrome 128",
    "Windows",
  ],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox 130", "macOS"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Safari 17",
    "iOS",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Mobile Safari/537.36",
    "Chrome 127",
    "Android",
  ],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 Edg/128.0.2739.42",
    "Microsoft Edge 128",
    "Linux",
  ],
])("%s", (userAgent, browser, system) => {
  expect(browserWords(userAgent)).toEqual({ browser, system });
});

test("a browser that says nothing, or nothing that is known, is unknown", () => {
  for (const userAgent of [null, "", "  ", "Mozilla/5.0", "\u{1F600}", "<script>alert(1)</script>"])
    expect([userAgent, browserWords(userAgent)]).toEqual([userAgent, { browser: null, system: null }]);
});

test("a text that no browser sends is looked at no further than its beginning", () => {
  expect(browserWords(`${" ".repeat(600)}Firefox/130.0`)).toEqual({ browser: null, system: null });
});
