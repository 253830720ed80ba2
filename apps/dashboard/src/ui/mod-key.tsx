"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const isApple = () => /mac|iphone|ipad/i.test(navigator.platform);

/** The key that starts a shortcut, as it is written on the keyboard in front of the person. */
export function useModKey(): string {
  return useSyncExternalStore(never, isApple, () => false) ? "\u2318" : "Ctrl";
}
