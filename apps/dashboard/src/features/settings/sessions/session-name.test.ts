import { expect, test } from "vitest";
import { sessionName } from "./session-name.ts";

test("a session is named by what is known of its browser", () => {
  expect(sessionName({ browser: "Firefox 130", system: "Linux" })).toBe("Firefox 130 on Linux");
  expect(sessionName({ browser: "Firefox 130", system: null })).toBe("Firefox 130");
  expect(sessionName({ browser: null, system: "Linux" })).toBe("Unknown browser on Linux");
  expect(sessionName({ browser: null, system: null })).toBe("Unknown browser");
});
