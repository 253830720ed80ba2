import { randomBytes } from "node:crypto";
import { systemClock, type Clock } from "./clock.ts";

let lastTime = 0;
let counter = 0;

/** RFC 9562 version 7. Ids minted by one process sort in the order they were minted: rand_a counts within a millisecond. */
export function uuidV7(clock: Clock = systemClock): string {
  let time = clock.now().getTime();
  // A clock that steps back must not break the order, so the last time seen is kept.
  if (time <= lastTime) {
    time = lastTime;
    counter += 1;
    if (counter > 0xfff) {
      time += 1;
      counter = 0;
    }
  } else {
    counter = randomBytes(1)[0]!;
  }
  lastTime = time;
  const head = time.toString(16).padStart(12, "0");
  const tail = randomBytes(8);
  tail[0] = (tail[0]! & 0x3f) | 0x80;
  const rest = tail.toString("hex");
  return `${head.slice(0, 8)}-${head.slice(8)}-7${counter.toString(16).padStart(3, "0")}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}
