"""Every page about what went wrong with data: breaches, and misuse that somebody reports."""

from backoffice.controllers.breaches import BreachesController
from backoffice.controllers.misuse import MisuseController
from backoffice.portal.misuse import MyMisuseController

CONTROLLERS = (BreachesController, MisuseController, MyMisuseController)
