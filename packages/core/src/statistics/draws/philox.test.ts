import { expect, it } from "vitest";
import { philox, philoxDraws } from "./philox.ts";

it.each([
  [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
  [[-1, -1, -1, -1], [-1, -1], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
  [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
])("Philox gives the known answers of Random123 (%#)", (counter, [key0 = 0, key1 = 0], answer) => {
  const out = new Uint32Array(4);
  philox(Uint32Array.from(counter), key0, key1, out);
  expect(Array.from(out, (word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(answer);
});

it("a replicate has the same draws whatever was drawn before, and another seed, stream or replicate others", () => {
  const take = (seed: number, stream: number, replicates: number[]) => {
    const draws = philoxDraws(seed, stream);
    return replicates.map((replicate) => {
      draws.restart(replicate);
      return Array.from({ length: 9 }, draws.next);
    });
  };
  const [third] = take(1, 1, [3]);
  expect(take(1, 1, [0, 1, 2, 3])[3]).toEqual(third);
  for (const [other] of [take(2, 1, [3]), take(1, 2, [3]), take(1, 1, [4])]) expect(other).not.toEqual(third);
  expect(third?.every((u) => u > 0 && u < 1)).toBe(true);
});
