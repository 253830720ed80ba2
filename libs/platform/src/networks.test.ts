import { describe, expect, it } from "vitest";
import { isInNetworks, isNetwork } from "./networks.ts";

describe("networks", () => {
  it.each(["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1", "0.0.0.0/0"])("%s is one", (text) => expect(isNetwork(text)).toBe(true));
  it.each(["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/08", "10.0.0.0/8/8", "2001:db8::/129", "example.org", "fe80::1%eth0", "010.0.0.1"])(
    "%s is none",
    (text) => expect(isNetwork(text)).toBe(false),
  );
  it("knows what lies inside, in both families", () => {
    expect(isInNetworks("10.9.8.7", ["192.0.2.0/24", "10.0.0.0/8"])).toBe(true);
    expect(isInNetworks("11.0.0.1", ["10.0.0.0/8"])).toBe(false);
    expect(isInNetworks("::ffff:10.1.1.1", ["10.0.0.0/8"])).toBe(true);
    expect(isInNetworks("2001:db8:1::5", ["2001:db8::/32"])).toBe(true);
    expect(isInNetworks("10.0.0.1", ["2001:db8::/32"])).toBe(false);
    expect(isInNetworks("nonsense", ["0.0.0.0/0"])).toBe(false);
    expect(isInNetworks("anything", [])).toBe(true);
  });
});
