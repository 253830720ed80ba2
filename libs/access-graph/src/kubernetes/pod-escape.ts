/** How a pod reaches the machine it runs on, by what its specification states. */
export interface PodEscape {
  readonly technique: "k8s-privileged-pod" | "k8s-host-pid" | "k8s-host-path" | "k8s-host-capability";
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
  if (attributes["hostProcess"] === true)
    return { technique: "k8s-privileged-pod", detail: "a container that is a process of its node", conditions: [] };
  const capable = byCapabilities(attributes);
  if (capable?.conditions.length === 0) return capable;
  const mounted = pathsOf(attributes["hostPaths"]);
  const path = mounted.find(({ path: each, readOnly }) => (!readOnly && opensMachine(each)) || speaksToRuntime(each));
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
  return capable;
}

/** Capabilities that are not kept to the container, and those that a profile of the node may still hold back. */
const unbounded: ReadonlySet<string> = new Set(["ALL", "SYS_MODULE"]);
const boundedByProfile: ReadonlySet<string> = new Set(["SYS_ADMIN", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"]);

function byCapabilities(attributes: Readonly<Record<string, unknown>>): PodEscape | null {
  const listed: readonly unknown[] = Array.isArray(attributes["capabilities"]) ? attributes["capabilities"] : [];
  const added = listed.filter((each) => typeof each === "string");
  const sure = added.find((each) => unbounded.has(each) || (each === "SYS_PTRACE" && attributes["hostPid"] === true));
  const held = sure ?? added.find((each) => boundedByProfile.has(each));
  if (held === undefined) return null;
  const conditions = sure === undefined ? ["no profile of AppArmor or seccomp holds the capability back"] : [];
  return { technique: "k8s-host-capability", detail: `a container with the capability ${held}`, conditions };
}

/** Mounted read-only a socket takes orders all the same. */
const speaksToRuntime = (path: string): boolean =>
  ["/run", "/var/run"].includes(path) || /^(?:\/var)?\/run\/(?:docker|containerd|crio|cri-dockerd|podman)(?:[./]|$)/.test(path);

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
