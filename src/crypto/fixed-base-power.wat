;; g^x mod N for a fixed g, an N of 3072 bits and an x of 256: the product of 32 numbers out of a table, in Montgomery's form of modular
;; multiplication. scripts/generate-arithmetic.ts makes fixed-base-power.gen.ts of this file.
;;
;; Numbers have 61 limbs of 51 bits, least significant first, each a double that is a whole number. R, by which a Montgomery multiplication
;; divides, is 2^(61*51) = 2^3111.
;;
;; Why doubles: a vector of two takes one instruction for x*y+z with a single rounding, where two products of integers take three and have half
;; of the bits. A product of limbs has 102 bits and a double holds 53, so it is computed twice. Doubles near 2^103 are 2^51 apart: x*y + 2^103
;; is therefore the upper half of x*y, rounded, in units of a limb. Taking that from 2^103 + 3*2^51 is exact, and adding x*y once more leaves
;; 3*2^51 plus what the rounding lost, at most 2^50 either way, exact too. Both results stay within one power of two, where the bits of a double
;; count up like an integer: sums are sums of their bits as i64, without a carry in between, and what 2^103 and 3*2^51 have added to the bits
;; is taken away when a sum is read, once for each row.
;;
;; A machine that rounds between product and sum would compute nonsense. Who uses this compares with another implementation first.
;;
;; Why nothing here tells secrets by its time: branches, loop counts and addresses depend on positions alone, except that each digit of the
;; exponent chooses the entry of the table; and no number is ever so small that a processor treats it apart.

(module
  ;; One page for the numbers, 64 for the table: 32 windows of 256 entries, 512 bytes apart.
  (memory (export "memory") 65 65)

  ;; What is secret stands below 1536, for $clear. Numbers that rows read begin after three limbs of zeros and end before three more, because
  ;; four columns are computed at a time and reach beyond both ends.
  (global $lowSums i32 (i32.const 0))
  (global $highSums i32 (i32.const 32))
  (global $quotient i32 (i32.const 64))
  (global $number (export "number") i32 (i32.const 576))
  (global $exponent (export "exponent") i32 (i32.const 1088))
  (global $result (export "result") i32 (i32.const 1120))
  (global $endOfSecrets i32 (i32.const 1536))
  ;; N + 1. N ends in 64 ones, so the lowest limb of N + 1 is zero.
  (global $modulusPlusOne (export "modulusPlusOne") i32 (i32.const 1600))
  (global $factor (export "factor") i32 (i32.const 2176))
  (global $table (export "table") i32 (i32.const 4096))

  ;; number = number * factor / R mod N. For a number and a factor below 2N the result is below 1.01 N, because R is larger than 2^38 N.
  ;;
  ;; In columns of the product, four at a time: column c is the sum of factor[i] * number[c-i] and of quotient[i] * (N+1)[c-i] over all i.
  ;; Quotient is chosen so that the lower 61 columns vanish: number * factor + quotient * N is a multiple of R. With N + 1 in place of N that
  ;; means quotient[c] = column c modulo 2^51, since its own product with the lowest limb of N + 1 is zero and -quotient[c] takes it away.
  ;; The upper 61 columns are the result. Writing it over `number` is safe: column c is written when no later column reads number[c-61].
  (func $multiply (export "multiply") (param $factor i32)
    ;; Columns $column and $column + 1, then the two after them; high sums belong one column further up.
    (local $lowA v128) (local $highA v128) (local $lowB v128) (local $highB v128)
    (local $upper v128) (local $exact v128)
    (local $x v128) (local $y v128) (local $high v128)
    (local $column i32) (local $first i32) (local $next i32) (local $end i32) (local $against i32)
    (local $rows i64) (local $isQuotient i32)
    (local $at i32) (local $place i32) (local $sum i64) (local $carry i64)

    (local.set $upper (v128.const f64x2 0x1p+103 0x1p+103))
    (local.set $exact (v128.const f64x2 0x1.0000000000003p+103 0x1.0000000000003p+103))
    (loop $columns
      (local.set $lowA (v128.const i64x2 0 0))
      (local.set $highA (v128.const i64x2 0 0))
      (local.set $lowB (v128.const i64x2 0 0))
      (local.set $highB (v128.const i64x2 0 0))
      (local.set $rows (i64.const 0))

      ;; first = max(0, column - 60): rows before it lie in lower columns altogether.
      (local.set $first (i32.sub (local.get $column) (i32.const 60)))
      (local.set $first (select (local.get $first) (i32.const 0) (i32.gt_s (local.get $first) (i32.const 0))))

      ;; First factor * number with the rows below min(column + 4, 61), then quotient * (N+1) with those below min(column, 61).
      (local.set $isQuotient (i32.const 0))
      (local.set $end (i32.add (local.get $column) (i32.const 4)))
      (local.set $next (local.get $factor))
      (local.set $against (global.get $number))
      (loop $operands
        (local.set $end (select (local.get $end) (i32.const 61) (i32.lt_u (local.get $end) (i32.const 61))))
        (local.set $end (i32.add (local.get $next) (i32.shl (local.get $end) (i32.const 3))))
        (local.set $next (i32.add (local.get $next) (i32.shl (local.get $first) (i32.const 3))))
        (local.set $against
          (i32.add (local.get $against) (i32.shl (i32.sub (local.get $column) (local.get $first)) (i32.const 3))))
        (if (i32.lt_u (local.get $next) (local.get $end))
          (then
            (loop $row
              (local.set $x (v128.load64_splat (local.get $next)))
              (local.set $y (v128.load align=8 (local.get $against)))
              (local.set $high (f64x2.relaxed_madd (local.get $x) (local.get $y) (local.get $upper)))
              (local.set $highA (i64x2.add (local.get $highA) (local.get $high)))
              (local.set $lowA
                (i64x2.add (local.get $lowA)
                  (f64x2.relaxed_madd (local.get $x) (local.get $y) (f64x2.sub (local.get $exact) (local.get $high)))))
              (local.set $y (v128.load offset=16 align=8 (local.get $against)))
              (local.set $high (f64x2.relaxed_madd (local.get $x) (local.get $y) (local.get $upper)))
              (local.set $highB (i64x2.add (local.get $highB) (local.get $high)))
              (local.set $lowB
                (i64x2.add (local.get $lowB)
                  (f64x2.relaxed_madd (local.get $x) (local.get $y) (f64x2.sub (local.get $exact) (local.get $high)))))
              (local.set $rows (i64.add (local.get $rows) (i64.const 1)))
              (local.set $against (i32.sub (local.get $against) (i32.const 8)))
              (local.set $next (i32.add (local.get $next) (i32.const 8)))
              (br_if $row (i32.lt_u (local.get $next) (local.get $end))))))
        (if (i32.eqz (local.get $isQuotient))
          (then
            (local.set $isQuotient (i32.const 1))
            (local.set $end (local.get $column))
            (local.set $next (global.get $quotient))
            (local.set $against (global.get $modulusPlusOne))
            (br $operands))))

      ;; Reads the four columns, lowest first: 51 bits are the limb, the rest is carried. $at is 8 for each column behind $column.
      (local.set $at (i32.const 0))
      (loop $limb
        (v128.store (global.get $lowSums) (local.get $lowA))
        (v128.store offset=16 (global.get $lowSums) (local.get $lowB))
        (v128.store (global.get $highSums) (local.get $highA))
        (v128.store offset=16 (global.get $highSums) (local.get $highB))
        ;; The bits of 3*2^51 and of 2^103 as doubles, once for each row.
        (local.set $sum
          (i64.add (local.get $carry)
            (i64.sub
              (i64.load (i32.add (global.get $lowSums) (local.get $at)))
              (i64.mul (local.get $rows) (i64.const 0x4338000000000000)))))
        (local.set $carry
          (i64.add (i64.shr_s (local.get $sum) (i64.const 51))
            (i64.sub
              (i64.load (i32.add (global.get $highSums) (local.get $at)))
              (i64.mul (local.get $rows) (i64.const 0x4660000000000000)))))
        ;; As a double: the bits of 2^52 with the limb in their lower part, less 2^52.
        (local.set $x
          (f64x2.sub
            (i64x2.splat
              (i64.or (i64.and (local.get $sum) (i64.const 0x7ffffffffffff)) (i64.const 0x4330000000000000)))
            (v128.const f64x2 0x1p+52 0x1p+52)))
        (local.set $place (i32.add (i32.shl (local.get $column) (i32.const 3)) (local.get $at)))
        (if (i32.lt_u (local.get $place) (i32.const 488))
          (then
            (f64.store (i32.add (global.get $quotient) (local.get $place)) (f64x2.extract_lane 0 (local.get $x)))
            ;; The row of this limb of the quotient, for the columns after its own.
            (local.set $against (i32.sub (global.get $modulusPlusOne) (local.get $at)))
            (local.set $y (v128.load align=8 (local.get $against)))
            (local.set $high (f64x2.relaxed_madd (local.get $x) (local.get $y) (local.get $upper)))
            (local.set $highA (i64x2.add (local.get $highA) (local.get $high)))
            (local.set $lowA
              (i64x2.add (local.get $lowA)
                (f64x2.relaxed_madd (local.get $x) (local.get $y) (f64x2.sub (local.get $exact) (local.get $high)))))
            (local.set $y (v128.load offset=16 align=8 (local.get $against)))
            (local.set $high (f64x2.relaxed_madd (local.get $x) (local.get $y) (local.get $upper)))
            (local.set $highB (i64x2.add (local.get $highB) (local.get $high)))
            (local.set $lowB
              (i64x2.add (local.get $lowB)
                (f64x2.relaxed_madd (local.get $x) (local.get $y) (f64x2.sub (local.get $exact) (local.get $high)))))
            (local.set $rows (i64.add (local.get $rows) (i64.const 1))))
          (else
            ;; The last two columns are beyond the number: they are zero, as what stands behind it has to be.
            (f64.store
              (i32.add (global.get $number) (i32.sub (local.get $place) (i32.const 488)))
              (f64x2.extract_lane 0 (local.get $x)))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $limb (i32.lt_u (local.get $at) (i32.const 32))))

      (local.set $column (i32.add (local.get $column) (i32.const 4)))
      (br_if $columns (i32.lt_u (local.get $column) (i32.const 122)))))

  ;; The entries of one window, each the number before it times `factor`; the first is `number` as it stands.
  (func (export "fill") (param $window i32)
    (local $entry i32) (local $end i32)
    (local.set $entry (i32.add (global.get $table) (i32.shl (local.get $window) (i32.const 17))))
    (local.set $end (i32.add (local.get $entry) (i32.const 0x20000)))
    (loop $next
      (memory.copy (local.get $entry) (global.get $number) (i32.const 488))
      (call $multiply (global.get $factor))
      (local.set $entry (i32.add (local.get $entry) (i32.const 512)))
      (br_if $next (i32.lt_u (local.get $entry) (local.get $end)))))

  ;; The entry of a window that the exponent's digit chooses; the exponent is 32 bytes, most significant first.
  (func $entry (param $window i32) (result i32)
    (i32.add
      (i32.add (global.get $table) (i32.shl (local.get $window) (i32.const 17)))
      (i32.shl
        (i32.load8_u (i32.sub (i32.add (global.get $exponent) (i32.const 31)) (local.get $window)))
        (i32.const 9))))

  ;; result = the product of one entry of each window. The entries of the first window are plain numbers, all others are multiples of R:
  ;; every multiplication divides by R again, and the product is a plain number.
  (func (export "power")
    (local $window i32)
    (memory.copy (global.get $number) (call $entry (i32.const 0)) (i32.const 488))
    (local.set $window (i32.const 1))
    (loop $next
      (call $multiply (call $entry (local.get $window)))
      (local.set $window (i32.add (local.get $window) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $window) (i32.const 32))))
    (call $reduce)
    (call $write))

  ;; The whole number in a double below 2^52.
  (func $whole (param $limb f64) (result i64)
    (i64.and (i64.reinterpret_f64 (f64.add (local.get $limb) (f64.const 0x1p+52))) (i64.const 0xfffffffffffff)))

  ;; Takes N from a number between N and 2N, none from one below N, in the same steps; its limbs are i64 afterwards.
  (func $reduce (export "reduce")
    (local $at i32) (local $carry i64) (local $limb i64)
    ;; number + 1 - (N + 1) into the place of the quotient, which is not needed any more. The last carry is -1 where the number was below N.
    (local.set $carry (i64.const 1))
    (loop $subtract
      (local.set $limb
        (i64.add (local.get $carry)
          (i64.sub
            (call $whole (f64.load (i32.add (global.get $number) (local.get $at))))
            (call $whole (f64.load (i32.add (global.get $modulusPlusOne) (local.get $at)))))))
      (local.set $carry (i64.shr_s (local.get $limb) (i64.const 51)))
      (i64.store
        (i32.add (global.get $quotient) (local.get $at))
        (i64.and (local.get $limb) (i64.const 0x7ffffffffffff)))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $subtract (i32.lt_u (local.get $at) (i32.const 488))))
    (local.set $at (i32.const 0))
    (loop $choose
      (local.set $limb (i64.load (i32.add (global.get $quotient) (local.get $at))))
      (i64.store
        (i32.add (global.get $number) (local.get $at))
        (i64.xor (local.get $limb)
          (i64.and (local.get $carry)
            (i64.xor (local.get $limb) (call $whole (f64.load (i32.add (global.get $number) (local.get $at))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $choose (i32.lt_u (local.get $at) (i32.const 488)))))

  ;; result = the number that $reduce left, 384 bytes, most significant first.
  (func $write (export "write")
    (local $byte i32) (local $limb i32) (local $bit i64)
    (loop $next
      (local.set $limb
        (i32.add (global.get $number)
          (i32.shl (i32.div_u (i32.shl (local.get $byte) (i32.const 3)) (i32.const 51)) (i32.const 3))))
      (local.set $bit (i64.extend_i32_u (i32.rem_u (i32.shl (local.get $byte) (i32.const 3)) (i32.const 51))))
      (i64.store8
        (i32.sub (i32.add (global.get $result) (i32.const 383)) (local.get $byte))
        (i64.or
          (i64.shr_u (i64.load (local.get $limb)) (local.get $bit))
          (i64.shl (i64.load offset=8 (local.get $limb)) (i64.sub (i64.const 51) (local.get $bit)))))
      (local.set $byte (i32.add (local.get $byte) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $byte) (i32.const 384)))))

  ;; Forgets the exponent, the result and everything in between.
  (func (export "clear")
    (memory.fill (i32.const 0) (i32.const 0) (global.get $endOfSecrets))))
