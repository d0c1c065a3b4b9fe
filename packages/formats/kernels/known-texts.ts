/** Places for the texts of one column, 16 bytes each: the text with its length, then its number. */
const places = 256;

/** A text of at most seven bytes as an integer above 0. */
@inline
function keyOf(at: usize, length: usize): u64 {
  return (load<u64>(at) & ((<u64>1 << (length << 3)) - 1)) | (<u64>(length + 1) << 56);
}

@inline
function placeOf(table: usize, key: u64): usize {
  let place = <usize>((key * 0x9e3779b97f4a7c15) >> 56);
  let found = load<u64>(table + (place << 4));
  while (found !== key && found !== 0) {
    place = (place + 1) & (places - 1);
    found = load<u64>(table + (place << 4));
  }
  return table + (place << 4);
}

/** The number of a text, or -1 when it is not known here. */
@inline
export function codeOf(table: usize, at: usize, length: usize): i32 {
  if (length > 7) return -1;
  const key = keyOf(at, length);
  const place = placeOf(table, key);
  return load<u64>(place) === key ? load<i32>(place, 8) : -1;
}

/** Remembers the number of a text of at most seven bytes. Never more than half of the places may be taken. */
export function learn(table: usize, at: usize, length: usize, code: i32): void {
  const key = keyOf(at, length);
  const place = placeOf(table, key);
  store<u64>(place, key);
  store<i32>(place, code, 8);
}
