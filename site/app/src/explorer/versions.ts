/** Compares versions as PEP 440 does, as far as people write them; the bounds of specifiers were computed in Python. */

export interface Version {
  release: number[];
  /** Orders what follows the release: dev, pre-release, final, post-release; then its numbers. */
  suffix: number[];
  /** Whether it is a plain release such as `2.3`. */
  isFinal: boolean;
}

const PATTERN =
  /^v?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:(?:[-_.]?(?:post|rev|r)[-_.]?(\d*))|-(\d+))?(?:[-_.]?dev[-_.]?(\d*))?$/i;
const KINDS: Record<string, number> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };

/** Returns a version, or `null` for text that is none. Epochs and local labels are not taken. */
export function parseVersion(text: string): Version | null {
  const match = PATTERN.exec(text.trim());
  if (match === null) {
    return null;
  }
  const [, release = "", kind, number, post, dashed, dev] = match;
  const hasPost = post !== undefined || dashed !== undefined;
  const isDev = dev !== undefined;
  const pre = kind === undefined ? (isDev && !hasPost ? -1 : 3) : (KINDS[kind.toLowerCase()] ?? 3);
  const after = hasPost ? Number(post || dashed || 0) : -1;
  return {
    release: release.split(".").map(Number),
    suffix: [pre, Number(number || 0), after, isDev ? Number(dev || 0) : Number.POSITIVE_INFINITY],
    isFinal: kind === undefined && !hasPost && !isDev,
  };
}

/** Returns a negative number, zero or a positive one, as `sort` takes it. */
export function compareVersions(one: Version, other: Version): number {
  const length = Math.max(one.release.length, other.release.length);
  for (let place = 0; place < length; place += 1) {
    const difference = (one.release[place] ?? 0) - (other.release[place] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  for (const [place, value] of one.suffix.entries()) {
    const against = other.suffix[place] ?? 0;
    if (value !== against) {
      return value < against ? -1 : 1;
    }
  }
  return 0;
}

/** Returns the part in which a version lies, as `explorer_data.py` numbers them. */
export function partOf(points: Version[], version: Version): number {
  let part = 0;
  for (const point of points) {
    const order = compareVersions(version, point);
    if (order < 0) {
      return part;
    }
    if (order === 0) {
      return part + 1;
    }
    part += 2;
  }
  return part;
}

/**
 * Returns the parts that a version means, the first and the last: `2.3.1` is one version, `2.3` is all of its releases.
 */
export function partsOf(points: Version[], version: Version): [number, number] {
  const first = partOf(points, version);
  if (!version.isFinal || version.release.length > 2) {
    return [first, first];
  }
  const [head, last = 0] = [version.release.slice(0, -1), version.release.at(-1)];
  const next: Version = { ...version, release: [...head, last + 1] };
  const end = partOf(points, next);
  // A part with an odd number is one point: the next release itself, which is not meant.
  return [first, end % 2 === 1 ? end - 1 : end];
}
