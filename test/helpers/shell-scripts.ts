/** Scripts of constant values, from a grammar: what the import promises to read as the shell does. */

class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) >>> 0;
  }

  below(count: number): number {
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }
}

type Grow = (random: Random, depth: number) => string;

const few = (random: Random, least: number, most: number, make: () => string): string[] =>
  Array.from({ length: least + random.below(most - least + 1) }, make);

/** Set at the head of each script: scalars, lists in one text, arrays. */
const head: Grow = (random) =>
  [
    `VIP=10.0.0.${random.below(250)}`,
    `RIP="10.1.${random.below(9)}.${random.below(99)}"`,
    `LIST="10.2.0.1 10.2.0.2  10.2.0.${random.below(99)}"`,
    `PAIRS='10.3.0.1:80:1,10.3.0.2:81:${random.below(9)}'`,
    `N=${random.below(5)}`,
    `A=(10.4.0.1 10.4.0.2 '10.4.0.3 x' 10.4.0.${random.below(99)})`,
    `B=("\${A[@]}" $LIST)`,
    `W=([0]=1 [2]=${random.below(9)})`,
    "EMPTY=",
  ].join("\n");

const words: readonly Grow[] = [
  (random) => `10.9.0.${random.below(99)}`,
  () => "$VIP:80",
  () => '"$RIP:80"',
  () => "${RIP}",
  () => "$LIST",
  () => '"$LIST"',
  () => "${VIP%.*}",
  () => "${VIP%%.*}",
  () => "${VIP#*.}",
  () => "${VIP##*.}",
  () => "${VIP/./-}",
  () => "${VIP//./_}",
  () => "${VIP:3:4}",
  () => "${VIP: -3}",
  () => "${#VIP}",
  () => "${NOTSET_X:-$RIP}",
  () => '"${EMPTY:-none here}"',
  () => "${EMPTY-unset}$N",
  () => "${VIP:+given}",
  () => '"$EMPTY"',
  () => "$EMPTY",
  () => "$((N + 1)) $((N * 3 % 4)) $((2 ** N - 1))",
  () => "$(echo $VIP)",
  () => '"$(echo "$LIST")"',
  () => "$(seq 1 3)",
  () => "$(seq -w 8 11)",
  () => "`seq 3 -1 1`",
  () => "$(echo $RIP | cut -d. -f4)",
  () => "$(echo $PAIRS | awk -F, '{print $1}')",
  () => "$(printf '%02d-%s' 7 x)",
  () => "$(basename /etc/lvs.conf .conf)",
  () => "10.5.0.{1..3}",
  () => "{01..03}x{a,b}",
  () => '{$N,"q r"}',
  () => "{5..1..2}",
  () => "${A[1]}",
  () => "${A[N%3]}",
  () => "${A[-1]}",
  () => '"${A[@]}"',
  () => "${A[@]}",
  () => '"${A[*]}"',
  () => "${#A[@]} ${#B[*]}",
  () => '"${!W[@]}"',
  () => '"${A[@]:1:2}"',
  () => "${A[@]%.*}",
  () => '"x${B[@]}y"',
  () => "'$VIP'\\ \"$N\"",
  () => "a\\$b$'c\\td'",
  () => "${VIP^^}${RIP,,}",
];

const word: Grow = (random, depth) => random.pick(words)(random, depth);

const call: Grow = (random, depth) => {
  const program = random.pick([
    "ipvsadm -a -t $VIP:80 -r",
    "ipvsadm -A -t",
    "ip addr add",
    "ifconfig eth0:0",
  ]);
  return `${program} ${few(random, 1, 3, () => word(random, depth)).join(" ")}`;
};

const lines: Grow = (random, depth) =>
  few(random, 1, 3, () => `-a -t $VIP:80 -r 10.6.0.${random.below(99)}:$N`).join("\n") +
  (depth > 9 ? "" : "");

const statements: readonly Grow[] = [
  call,
  call,
  call,
  (random, depth) =>
    `for i in ${few(random, 1, 3, () => word(random, depth)).join(" ")}; do\n${block(random, depth)}\nipvsadm -a "$i"\ndone`,
  (random, depth) =>
    `for ((k${depth}=0; k${depth}<${random.below(4)}; k${depth}++)); do ipvsadm -r 10.7.0.$((k${depth}+1)) "\${A[k${depth}]}"\n${block(random, depth)}\ndone`,
  () => 'for j in "${!A[@]}"; do ipvsadm -a -r "${A[$j]}" -w ${W[j]:-1}; done',
  () => 'for pair in ${PAIRS//,/ }; do IFS=: read -r a b c <<< "$pair"; ipvsadm -r $a:$b -w $c; done',
  () => "OLD=$IFS; IFS=,; for p in $PAIRS; do ipvsadm -r $p; done; IFS=$OLD",
  () => 'IFS=, read -ra C <<< "$PAIRS"; ipvsadm "${C[@]}" ${#C[@]}',
  () => "while read -r a b; do ipvsadm -r $a -w ${b:-9}; done <<EOF\n10.8.0.1 3\n  10.8.0.2\n$RIP 4 5\nEOF",
  () => 'echo "$LIST" | while read x rest; do ipvsadm -r $x "$rest"; done',
  () => "m=0; while [ $m -lt 3 ]; do m=$((m+1)); [ $m -eq 2 ] && continue; ipvsadm -r 10.8.1.$m; done",
  () => "m=5; until ((m <= 2)); do ipvsadm -r 10.8.2.$m; ((m--)); done",
  () => "while true; do ((N++)); if ((N > 6)); then break; fi; ipvsadm -w $N; done",
  () => "for x in 1 2; do for y in a b; do [ $y$x = b1 ] && continue 2; ipvsadm $x$y; done; done",
  (random, depth) =>
    `if [ "$N" ${random.pick(["-eq", "-lt", "-ne", "="])} 2 ]; then\n${block(random, depth)}\nelif [ -z "$EMPTY" ]; then\n${block(random, depth)}\nelse\n${block(random, depth)}\nfi`,
  (random, depth) =>
    `case $N in\n0|1) ${call(random, depth)};;\n[23]) ${call(random, depth)};;\n*) ${call(random, depth)};;\nesac`,
  () => "[[ $VIP == 10.* && -n $RIP ]] && ipvsadm -A m || ipvsadm -A g",
  () => '[ -n "$EMPTY" ] || { ipvsadm -C; N=$((N+1)); }',
  () => 'add() { local r=$1; shift; ipvsadm -a -r $r:${1:-80} "$@" $#; }\nadd 10.0.1.1 8080 x\nadd $RIP',
  () =>
    "outer() { local v=$1; for q in 1 2; do inner $v.$q; done; }\ninner() { ipvsadm -r $1; [ $1 = 10.1.1 ] && return; ipvsadm -z; }\nouter 10.1; outer 10.2",
  () => 'function every { for s; do ipvsadm -s $s; done; }\nevery $LIST "${A[@]}"',
  () => "VIP=10.0.2.1 ; lb() { VIP=10.0.2.2; N=4; }; lb; ipvsadm $VIP $N",
  () => "(VIP=10.0.3.1; ipvsadm $VIP); ipvsadm $VIP",
  () => 'set -- $LIST; ipvsadm $1 $# "$2"; shift 2; ipvsadm $1',
  (random, depth) => `ipvsadm -R <<EOF\n${lines(random, depth)}\nEOF`,
  (random, depth) => `cat <<'EOF' | ipvsadm -R\n${lines(random, depth)}\nEOF`,
  () => 'echo "-A -t $VIP:80 -s rr" | ipvsadm -R',
  () => '{ echo "-A -t $VIP:80"; for r in $LIST; do echo "-a -r $r"; done; } | ipvsadm -R',
  () => 'printf -- "-a -r %s\\n" $LIST | ipvsadm -R',
  () => "\tipvsadm -R <<-EOF\n\t-A -t $VIP:80\n\tEOF",
  () => 'eval "ipvsadm -e \\$VIP $N"',
  () => 'CMD="ipvsadm -q"; $CMD $VIP',
  () => 'A+=(10.4.9.9); A[1]=10.4.8.8; VIP+=1; ipvsadm "${A[@]}" $VIP',
  () => "declare -a D=($(seq 2 4)); ipvsadm ${D[@]} ${#D[@]}",
  () => 'mapfile -t M <<EOF\none\ntwo words\nEOF\nipvsadm "${M[@]}"',
  () => 'R=""; for e in $LIST; do R="$R $e:80"; done; for e in $R; do ipvsadm -r $e; done',
  () => "let N=N+1 N*=2; ipvsadm $N",
  () => "name=VIP; ipvsadm ${!name}",
  () => ": ${PORT:=8080}; ipvsadm $PORT",
  () => "unset NOPE; ipvsadm ${NOPE:-d} \\\n  -x # comment",
  () => "ipvsadm -a -t >/dev/null 2>&1 && ip addr add $VIP/32 dev lo || true",
  () => "! false && ipvsadm -n",
];

const statement: Grow = (random, depth) =>
  depth <= 0 ? call(random, 0) : random.pick(statements)(random, depth);

const block: Grow = (random, depth) => few(random, 1, 2, () => statement(random, depth - 1)).join("\n");

export function randomScript(seed: number): string {
  const random = new Random(seed);
  return `${head(random, 0)}\n${few(random, 3, 8, () => statement(random, 2)).join("\n")}\n`;
}
