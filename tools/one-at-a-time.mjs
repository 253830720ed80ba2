import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Whoever works says so all the time; after this long without a sign its machine was switched off. */
const silentMillis = 120_000;

/**
 * Does a piece of work while no other process does it: commands that are started side by side after an update would each install packages
 * into the same folder. The file names who works; one of a process that is gone is taken over. `waiting` is called once, if at all.
 */
export async function oneAtATime(file, work, { waiting = () => {}, signMillis = 5_000 } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!(await taken(file))) {
    if (!told) waiting();
    told = true;
    await pause(300);
  }
  const sign = setInterval(() => giveSign(file), signMillis);
  try {
    return await work();
  } finally {
    clearInterval(sign);
    rmSync(file, { force: true });
  }
}

function giveSign(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Removed by hand: the work goes on.
  }
}

async function taken(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
  // Two who find it abandoned may both remove it, the second after the first has made a new one.
  await pause(50);
  return holder(file) === process.pid;
}

function isAbandoned(file) {
  const pid = holder(file);
  try {
    if (statSync(file).mtimeMs < Date.now() - silentMillis) return true;
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function holder(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}
