"""Kazakhstan: sun, steppe eagle and the ornament band at the hoist, all gold on sky blue."""

from docs.flags.geometry import flipped, pair, turned
from docs.flags.ornament import band
from docs.flags.svg import at, disc, flag, group, path, stripes

SKY, GOLD = "#00AFCA", "#FEC50C"
_CENTRE = complex(864, 336)  # of the sun; the eagle's wings follow its circle
# The hoist wing from the wrist, round the four great feathers and the ragged hind edge, to the inside of the wrist.
_FEATHERS = (
    "C-187 33 -189 31 -193 31C-199 32 -199 38 -198 46C-197 56 -197 62 -195 71"
    "C-204 60 -208 40 -212 26C-213 19 -214 16 -218 16C-224 17 -224 24 -223 32C-221 52 -213 70 -203 86"
    "C-214 79 -222 64 -232 52C-236 47 -240 46 -243 48C-246 50 -245 54 -242 58C-232 76 -220 94 -205 109"
    "C-218 102 -230 90 -240 80C-243 77 -247 76 -249 79C-251 82 -248 84 -246 87C-236 101 -222 117 -205 128"
    "C-213 130 -222 123 -228 121C-232 121 -231 125 -228 130C-219 140 -203 146 -185 152"
    "C-194 154 -204 152 -208 153C-212 155 -205 159 -198 161C-190 163 -184 163 -178 165"
    "C-186 167 -192 168 -195 170C-197 172 -190 174 -184 175L-172 177C-178 178 -183 180 -185 182"
    "C-184 184 -176 187 -159 189C-163 190 -168 192 -171 194C-148 207 -118 218 -88 219"
    "C-112 214 -136 205 -155 195L-145 187C-153 187 -160 184 -166 180L-160 174C-164 171 -170 170 -172 166"
    "C-170 163 -168 161 -172 158C-176 156 -176 153 -176 150C-184 149 -191 143 -197 139L-187 138"
    "C-194 133 -199 127 -203 121L-193 120C-195 111 -199 104 -203 98C-199 96 -195 97 -192 98L-189 94"
)
_HOIST_WING = (
    "M-4 188C-92 187 -167 125 -185 39" + _FEATHERS + "C-170 104 -158 122 -146 137C-134 152 -124 157 -111 160"
    "C-98 168 -90 178 -82 186C-68 196 -46 191 -26 197C-20 199 -15 202 -11 203C-8 199 -6 193 -4 188Z"
)
# The fly wing is its mirror image, but its shoulder runs on into neck and brow.
_FLY_WING = (
    "M9 188C92 185 167 125 185 39" + flipped(_FEATHERS) + "C170 104 158 122 146 137C143 143 140 148 136 150"
    "C110 162 84 174 73 190C50 196 28 197 14 201C0 205 -4 211 -10 217C-26 228 -42 236 -55 242"
    "C-60 242 -61 239 -60 237C-57 231 -46 229 -32 224C-14 217 -6 201 9 188Z"
)
_HEAD = (
    "M-60 242C-68 245 -71 251 -68 258C-66 254 -63 254 -60 253L-61 256C-52 253 -30 252 -17 252C0 252 10 254 16 253"
    "C20 252 21 251 17 250C8 250 -6 251 -15 247C-19 250 -24 249 -28 248L-23 240L-28 239L-19 233C-26 235 -34 237 -42 238"
    "C-41 243 -44 245 -48 245C-50 245 -51 244 -52 243C-55 243 -58 243 -60 242Z"
)
_TAIL = (
    "M-35 277C-28 264 -14 259 10 259C36 259 50 255 60 248C62 246 63 245 61 243C64 241 67 242 69 236"
    "C70 234 76 234 86 234C106 234 122 238 136 238C137 246 130 252 122 252C118 252 114 250 109 247"
    "C110 256 108 262 103 262C98 261 94 258 90 256"
    "C88 262 86 268 80 269C77 268 76 264 75 261C70 267 68 273 61 273C58 272 56 270 53 268C50 273 47 276 43 276"
    "C39 274 40 269 37 268C34 271 33 278 25 278C20 277 23 270 22 267C17 269 13 279 7 279C3 278 6 270 4 267"
    "C-2 271 -5 279 -11 279C-14 277 -11 271 -13 268C-20 271 -27 278 -35 277Z"
)


def kazakhstan() -> str:
    """Return the flag."""
    rays = [path(_grain(11.25 * i)) for i in range(32)]
    eagle = path(_HOIST_WING + _FLY_WING + _HEAD + _TAIL), disc(complex(-47.5, 241), 1.8)
    charge = group(
        group(*rays, id="kz-rays"),
        disc(0, 107, id="kz-sun"),
        group(*eagle, id="kz-eagle"),
        fill=GOLD,
        transform=at(_CENTRE),
    )
    return flag(1600, 800, stripes(1600, (800, SKY)), band(GOLD), charge)


def _grain(degrees: float) -> str:
    """Return one ray: a grain of corn, blunt towards the sun and pointed away from it."""
    tip, swell, shoulder = complex(167), complex(141, 8.6), complex(130.6, 8.6)
    points = (tip, swell, shoulder, shoulder.conjugate(), swell.conjugate(), tip)
    a, b, c, d, e, f = (pair(turned(degrees, point)) for point in points)
    return f"M{a}Q{b} {c}A8.6 8.6 0 0 1 {d}Q{e} {f}Z"
