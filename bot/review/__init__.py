"""The professionals' workspace: who may read what (``access``), a draft as they read it (``record``), API and pages."""
