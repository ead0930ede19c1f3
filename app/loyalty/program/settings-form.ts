import { z } from "zod";
import { definition } from "./definition.ts";

/** The part of the programme that is neither rule nor reward. */
export const settingsForm = z.object({ points: definition.shape.points, policies: definition.shape.policies });
