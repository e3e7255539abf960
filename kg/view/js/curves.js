// The course of a line: one place for drawing, saving and finding it under the pointer.
// A quadratic curve from rim to rim; a loop is a circle above its item.
function courseOf({ id: edge, a, b, bend, loop }) {
  if (a === b) {
    const size = 12 + 6 * (loop || 0);
    return { edge, loop: true, x: a.x + a.r * 0.7, y: a.y - a.r - size * 0.6, size };
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const c = { x: (a.x + b.x) / 2 - dy * bend, y: (a.y + b.y) / 2 + dx * bend };
  return { edge, from: rim(a, c), to: rim(b, c), c, bend };
}
function rim(item, c) {
  const length = Math.hypot(c.x - item.x, c.y - item.y) || 1;
  const reach = Math.min(item.r + 1.5, length * 0.9);
  return { x: item.x + ((c.x - item.x) / length) * reach, y: item.y + ((c.y - item.y) / length) * reach };
}
function traceCourse(ctx, course) {
  if (course.loop) {
    ctx.moveTo(course.x + course.size, course.y);
    ctx.arc(course.x, course.y, course.size, 0, 2 * Math.PI);
    return;
  }
  ctx.moveTo(course.from.x, course.from.y);
  if (course.bend) ctx.quadraticCurveTo(course.c.x, course.c.y, course.to.x, course.to.y);
  else ctx.lineTo(course.to.x, course.to.y);
}
function pointOn(course, t) {
  if (course.loop) {
    const angle = t * 2 * Math.PI - Math.PI;
    return { x: course.x + course.size * Math.cos(angle), y: course.y + course.size * Math.sin(angle) };
  }
  const { from, to, c } = course;
  const mix = (p, q, r) => (1 - t) * (1 - t) * p + 2 * t * (1 - t) * q + t * t * r;
  return course.bend ? { x: mix(from.x, c.x, to.x), y: mix(from.y, c.y, to.y) }
    : { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t };
}
function traceHead(ctx, course, size) {
  if (course.loop) return;
  const { to, c } = course;
  const length = Math.hypot(to.x - c.x, to.y - c.y) || 1;
  const [ux, uy] = [(to.x - c.x) / length, (to.y - c.y) / length];
  ctx.moveTo(to.x, to.y);
  ctx.lineTo(to.x - size * ux - size * 0.42 * uy, to.y - size * uy + size * 0.42 * ux);
  ctx.lineTo(to.x - size * ux + size * 0.42 * uy, to.y - size * uy - size * 0.42 * ux);
  ctx.closePath();
}
// The nearest line that is not farther than `reach` from a point of the drawing.
function lineNear(at, reach) {
  let best = null;
  let least = reach;
  for (const edge of edges) {
    if (!edge.shown) continue;
    const course = courseOf(edge);
    const steps = course.loop || course.bend ? 12 : 1;
    for (let i = 0; i < steps; i += 1) {
      const far = distance(at, pointOn(course, i / steps), pointOn(course, (i + 1) / steps));
      if (far < least) [best, least] = [edge, far];
    }
  }
  return best;
}
function distance(p, q, r) {
  const [dx, dy] = [r.x - q.x, r.y - q.y];
  const t = Math.max(0, Math.min(1, ((p.x - q.x) * dx + (p.y - q.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - q.x - t * dx, p.y - q.y - t * dy);
}
