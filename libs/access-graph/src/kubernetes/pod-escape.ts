/** How a pod reaches the machine it runs on, by what its specification states. */
export interface PodEscape {
  readonly technique: "k8s-privileged-pod" | "k8s-host-pid" | "k8s-host-path";
  readonly detail: string;
  readonly conditions: readonly string[];
}

/** Host directories from which the whole machine can be taken over: its files, its processes or its container runtime. */
const takeover = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/opt",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys/fs",
  "/usr",
  "/var/lib",
  "/var/run",
];
const harmless = ["/etc/localtime", "/etc/timezone", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/usr/share", "/usr/local/share"];

/** Null when nothing in the specification leads out of the container. A shared network alone does not give the machine. */
export function escapeOf(attributes: Readonly<Record<string, unknown>>): PodEscape | null {
  if (attributes["privileged"] === true) return { technique: "k8s-privileged-pod", detail: "a privileged container", conditions: [] };
  const mounted = pathsOf(attributes["hostPaths"]);
  const path = mounted.find(({ path: each, readOnly }) => !readOnly && opensMachine(each));
  if (path !== undefined) return { technique: "k8s-host-path", detail: `mounts ${path.path} of its node`, conditions: [] };
  if (attributes["hostPid"] === true)
    return {
      technique: "k8s-host-pid",
      detail: "sees the processes of its node",
      conditions: ["its container runs as root with the right to enter other processes"],
    };
  // A listing that says only that there is a host mount leaves open which one.
  if (attributes["hostPath"] === true && attributes["hostPaths"] === undefined)
    return {
      technique: "k8s-host-path",
      detail: "mounts a directory of its node",
      conditions: ["the mounted directory opens the machine"],
    };
  const secretsOfPods = mounted.find(({ path: each }) => each === "/" || within(each, "/var/lib/kubelet"));
  if (secretsOfPods !== undefined)
    return {
      technique: "k8s-host-path",
      detail: `reads ${secretsOfPods.path} of its node, where the tokens of its pods lie`,
      conditions: [],
    };
  return null;
}

const opensMachine = (path: string): boolean =>
  path === "/" ||
  path === "/var" ||
  path === "/sys" ||
  (takeover.some((root) => within(path, root)) && !harmless.some((root) => within(path, root)));

const within = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

function pathsOf(value: unknown): readonly { readonly path: string; readonly readOnly: boolean }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each !== "string" || each === "") return [];
    const [path, mode] = each.split(" ");
    return [{ path: path!.length > 1 ? path!.replace(/\/+$/, "") : path!, readOnly: mode === "ro" }];
  });
}
